"""Who works in the simulated territory: accounts opened by the real door, agents who are sometimes absent."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from random import Random

from sne.habilitations.actions import NouveauCompte, Octroi, accorder_habilitation, creer_compte
from sne.habilitations.models import Compte
from sne.habilitations.rules import Role, acteur_systeme
from sne.habilitations.selectors import acteur_de
from sne.simulation.calendrier import DIMANCHE, PREMIER_JOUR
from sne.simulation.foyers import TERRITOIRE
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.horloge import PARIS


class Metier(StrEnum):
    """What a person is to the register: the body of their counter, its manager, or the territorial manager."""

    BAILLEUR = "BAILLEUR"
    COLLECTIVITE = "COLLECTIVITE"
    ETAT = "ETAT"
    RESPONSABLE = "RESPONSABLE"
    GESTIONNAIRE = "GESTIONNAIRE"


GUICHETS = {
    "G0991": Metier.BAILLEUR,
    "G1006": Metier.BAILLEUR,
    "G0993": Metier.COLLECTIVITE,
    "G0997": Metier.COLLECTIVITE,
    "G1000": Metier.ETAT,
}
AU_COMPTOIR = frozenset({Metier.BAILLEUR, Metier.COLLECTIVITE, Metier.ETAT})
AGENTS_PAR_GUICHET = 1
RESPONSABLES = ("G0991", "G0993")
GESTIONNAIRES = 2  # who asks that a freeze be lifted does not decide
PART_D_ABSENCES = 0.1
ROLES = {Metier.GESTIONNAIRE: Role.GESTIONNAIRE_TERRITORIAL, Metier.RESPONSABLE: Role.RESPONSABLE_GUICHET}


@dataclass(frozen=True, slots=True)
class Poste:
    """One person at work. ``rang`` makes their absences theirs."""

    rang: int
    compte: Compte
    metier: Metier
    guichet: str


class Equipe:
    """The people of the territory; :meth:`present` gives one who is there."""

    def __init__(self, postes: Sequence[Poste], graine: int) -> None:
        self._postes = tuple(postes)
        self._graine = graine
        self._acteurs: dict[tuple[int, int], Acteur] = {}

    def present(self, jour: date, metiers: frozenset[Metier], hasard: Random) -> Acteur | None:
        """Somebody of one of these trades who works on ``jour``; ``None`` when nobody does."""
        ici = [p for p in self._postes if p.metier in metiers and self._travaille(p, jour)]
        if not ici:
            return None
        return self._acteur(hasard.choice(ici), jour)

    def _acteur(self, poste: Poste, jour: date) -> Acteur:
        cle = (poste.rang, jour.year)
        if cle not in self._acteurs:
            self._acteurs[cle] = acteur_de(
                poste.compte, le=jour, guichet=poste.guichet, territoire=TERRITOIRE, correlation=uuid.uuid4()
            )
        return self._acteurs[cle]

    def collegue(self, acteur: Acteur, jour: date) -> Acteur:
        """Another territorial manager, who answers from home when it is not their day."""
        autre = next(p for p in self._postes if p.metier is Metier.GESTIONNAIRE and p.compte.id != acteur.id)
        return self._acteur(autre, jour)

    def metier(self, acteur: Acteur) -> Metier:
        """The trade of somebody of the team."""
        return GUICHETS[acteur.guichet] if acteur.guichet else Metier.GESTIONNAIRE

    def est_responsable(self, acteur: Acteur) -> bool:
        """Whether somebody of the team manages their counter."""
        return any(p.compte.id == acteur.id and p.metier is Metier.RESPONSABLE for p in self._postes)

    def _travaille(self, poste: Poste, jour: date) -> bool:
        if jour.weekday() == DIMANCHE:
            return False
        tirage = Random(f"{self._graine}:{poste.rang}:{jour.isoformat()}")  # noqa: S311 - an absence, no secret
        return tirage.random() >= PART_D_ABSENCES


def ouvrir_equipe(graine: int) -> Equipe:
    """Open an account and a role for each person, before the first day."""
    veille = datetime.combine(PREMIER_JOUR, time(1), PARIS)
    metiers = [(g, metier) for g, metier in GUICHETS.items() for _ in range(AGENTS_PAR_GUICHET)]
    places = [
        *metiers,
        *(("", Metier.GESTIONNAIRE) for _ in range(GESTIONNAIRES)),
        *((guichet, Metier.RESPONSABLE) for guichet in RESPONSABLES),
    ]
    return Equipe([_ouvrir(n, *place, survenu_le=veille) for n, place in enumerate(places)], graine)


def _ouvrir(rang: int, guichet: str, metier: Metier, *, survenu_le: datetime) -> Poste:
    acteur = acteur_systeme("Simulation")
    nouveau = NouveauCompte(
        f"simulation.{rang}@exemple.fr",
        "Agent",
        f"simulé {rang}",
        secrets.token_urlsafe(16),
        provisoire=False,
    )
    compte = creer_compte(nouveau, acte=Acte(acteur, survenu_le))
    octroi = Octroi(compte, ROLES.get(metier, Role.AGENT_GUICHET), territoire=TERRITOIRE, guichet=guichet)
    accorder_habilitation(octroi, acte=Acte(acteur, survenu_le))
    return Poste(rang, Compte.objects.get(id=compte), metier, guichet)
