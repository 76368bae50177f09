"""What every operation is given, and what it gives back."""

import time
import uuid
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime

from sne.cellules.routage import cellule_de, dans, du_territoire
from sne.conventions.actions import Appelant, AppelDit, AppelFait, Prise, appeler, compter_en_vain
from sne.conventions.rules.cadences import Groupe
from sne.conventions.selectors import Identite
from sne.nuu.parametres import ParametresNuu
from sne.nuu.rules.ecriture import Repli
from sne.nuu.rules.enveloppe import Appel, Fichier
from sne.nuu.rules.xml import Limites
from sne.referentiels.rules import Parametres
from sne.referentiels.selectors import get_nomenclatures, get_parametres
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, Refus
from sne.socle.horloge import PARIS, jour, vrai


@dataclass(slots=True)
class Contexte:
    """One call: who, when, within which limits. ``agent``: what the vendor calls the person, where it says so;
    ``comptee``: the group in which it was counted as it came, and what that took; ``appelant``: known once the guichet
    is, and the call counted; ``pile``: the cell where it is answered, left with it; ``adresse``: where it came from;
    ``note``: its line is in the log already.
    """

    appel: Appel
    identite: Identite
    instant: datetime
    correlation: uuid.UUID
    limites: Limites
    parametres: ParametresNuu
    agent: str = ""
    comptee: tuple[Groupe, Prise] | None = None
    appelant: Appelant | None = None
    pile: ExitStack = field(default_factory=ExitStack)
    adresse: str = ""
    note: bool = False
    depart: float = field(default_factory=time.perf_counter)

    @property
    def repli(self) -> Repli:
        """The code that an older partner knows, for a later one."""
        return get_nomenclatures(jour(self.instant)).repli

    @property
    def date_fichier(self) -> datetime:
        """Instant of the answer, as it is written."""
        return self.instant.astimezone(PARIS)

    def fait(self, statut: int, dossiers: int = 0) -> AppelFait:
        """This call as the log of its agreement says it."""
        duree = round((time.perf_counter() - self.depart) * 1000)
        return AppelFait(self.appel.corps, int(statut), duree, self.correlation, self.adresse, dossiers)

    def compter_si_vain(self, refus: Refus) -> None:
        """Count again the call that this refusal answers, when it names a demande that is not there."""
        if refus.code == Introuvable.code and self.appelant:
            compter_en_vain(self.appelant, survenu_le=vrai())

    def acte(self, groupe: Groupe, guichet: str = "", *, nud: str = "") -> Acte:
        """The act, for this guichet of the agreement, or for all of them; the call is counted in this group, unless it
        was as it came. What follows is done in the cell of this number, else of this guichet.

        Raises ``GuichetHorsConvention``, ``AgentIllisible``, ``CadenceDepassee``.
        """
        dit = AppelDit(groupe, guichet, self.agent, self.correlation)
        prise = self.comptee[1] if self.comptee and self.comptee[0] is groupe else None
        self.appelant = appeler(self.identite, dit, survenu_le=vrai(), prise=prise)
        acteur = self.appelant.acteur
        self.pile.enter_context(dans(du_territoire(nud) if nud else cellule_de(acteur.territoire)))
        return Acte(acteur, self.instant)


@dataclass(frozen=True, slots=True)
class Reponse:
    """The element of the answer's body and its files."""

    corps: str
    fichiers: Sequence[Fichier] = ()


def limites_de(parametres: Parametres) -> Limites:
    """The dated limits of what is read."""
    lus = parametres[ParametresNuu]
    return Limites(
        message_octets=lus.nuu_message_max_octets,
        parties=lus.nuu_parties_max,
        entetes_octets=lus.nuu_entetes_max_octets,
        fichier_octets=lus.nuu_fichier_max_octets,
        elements=lus.nuu_elements_max,
        profondeur=lus.nuu_profondeur_max,
        attributs=lus.nuu_attributs_max,
    )


def ouvrir(
    appel: Appel,
    identite: Identite,
    *,
    instant: datetime,
    correlation: uuid.UUID,
    agent: str,
    adresse: str,
    comptee: tuple[Groupe, Prise] | None,
) -> Contexte:
    """The context of one call, read at the day's parameters."""
    parametres = get_parametres(jour(instant))
    lus = parametres[ParametresNuu]
    limites = limites_de(parametres)
    return Contexte(
        appel, identite, instant, correlation, limites, lus, agent, adresse=adresse, comptee=comptee
    )


def nom_de_fichier(guichet: str, instant: datetime) -> str:
    """``DEMG1226-202611290800-000000.xml``; the six digits are of the second and below."""
    local = instant.astimezone(PARIS)
    return f"DEM{guichet}-{local:%Y%m%d%H%M}-{local.second:02d}{local.microsecond // 100:04d}.xml"
