"""Dated codes and geography as the pure rules want them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sne.referentiels.rules import Geographie, Nomenclatures
from sne.referentiels.selectors import get_geographie, get_nomenclatures, get_parametres
from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules.anomalie import Anomalie, Niveau
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.controles import AUCUN_NIR, controler
from sne.registre.contenu.rules.controles.contexte import Porte


@dataclass(frozen=True, slots=True)
class ReferencesDuJour:
    """Reference data of one day for one territory (see ``controles.contexte.References``)."""

    territoire: str
    nomenclatures: Nomenclatures
    geographie: Geographie

    def code_valide(self, liste: str, code: str) -> bool:
        return self.nomenclatures.valide(liste, code)

    def territoire_de_commune(self, code: str) -> str | None:
        return self.geographie.territoire_de_commune(code)


def list_remarques(
    contenu: Contenu,
    *,
    porte: Porte,
    territoire: str,
    le: date,
    nirs: Mapping[str, str] = AUCUN_NIR,
    niveaux: Collection[Niveau] = tuple(Niveau),
) -> tuple[Anomalie, ...]:
    """What the controls of these levels remark that day on a content of this territory, through that door."""
    return controler(
        contenu,
        aujourd_hui=le,
        porte=porte,
        references=references_du(le, territoire),
        limites=get_parametres(le)[ParametresContenu],
        nirs=nirs,
        niveaux=niveaux,
    )


def references_du(jour: date, territoire: str) -> ReferencesDuJour:
    """The codes in force that day, and the communes, for a demande of this territory."""
    return ReferencesDuJour(territoire, get_nomenclatures(jour), get_geographie())
