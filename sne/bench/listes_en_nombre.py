"""Work lists in a large register: the first page of each and one far in it, of the whole of the largest territory."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import ClassVar

from sne.bench.actes_en_nombre import EnBase
from sne.bench.equipe import Poste
from sne.bench.noms_des_listes import MESUREES
from sne.habilitations.rules import Role, mandat
from sne.registre.listes.parametres import ParametresListes
from sne.registre.listes.rules.listes import LISTES, CodeListe, Filtre
from sne.registre.listes.selectors.lecture import Demandee, list_dossiers
from sne.socle.acteur import Perimetre
from sne.socle.horloge import aujourd_hui
from sne.socle.identifiants import uuid7
from sne.socle.pages import Position


class _Liste(EnBase):
    """A page of a list of the whole territory."""

    code: ClassVar[CodeListe]
    loin: ClassVar[bool] = False

    def __init__(self, poste: Poste) -> None:
        super().__init__(poste)
        gestion = mandat(Role.GESTIONNAIRE_TERRITORIAL, Perimetre(self.acteur.territoire))
        self.demandee = Demandee(
            self.code, Filtre(), replace(self.acteur, mandats=(gestion,), guichet=""), aujourd_hui()
        )

    def chercher(self) -> None:
        list_dossiers(self.demandee, position=self._place() if self.loin else Position())

    def _place(self) -> Position:
        """Anywhere in the days that the list covers, no matter who is there."""
        le = self.demandee.le
        if self.code is CodeListe.ECHEANCE:
            jour = le + timedelta(
                days=self.hasard.randrange(self.parametres[ParametresListes].liste_echeance_jours)
            )
        else:
            jour = le - timedelta(days=self.hasard.randrange(30, 1500))
        return Position(_cle(jour, instant=LISTES[self.code].instant), uuid7())


def _cle(jour: date, *, instant: bool) -> date | datetime:
    return datetime.combine(jour, time(), tzinfo=UTC) if instant else jour


ACTES: Mapping[str, type[_Liste]] = {
    nom: type(nom, (_Liste,), {"code": code, "loin": loin}) for nom, (code, loin) in MESUREES.items()
}
globals().update(ACTES)  # a client process is told of its act by name
