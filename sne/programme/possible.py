"""Whether one may vote, take a decision, say what follows: asked by the acts, and by whoever shows the way to them."""

from datetime import date

from sne.habilitations.rules import Permission, sans_droit
from sne.habilitations.selectors.deux_personnes import exiger_autre_personne
from sne.programme.models import Decision
from sne.programme.policies import can_tenir, can_voter
from sne.programme.rules.decisions import Etat, etat_de
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, require

PAS_OUVERT = "Le vote de cette décision n’est pas ouvert."
TOUJOURS_OUVERT = "Le vote est encore ouvert. Attendez sa fin."
DE_SOI = "Une décision est conclue par une autre personne que celle qui l’a mise au vote."
PAS_PRISE = "Cette décision n’est pas encore prise."
DEJA_PRISE = "Cette décision est déjà prise."


def exiger_tenir(acteur: Acteur) -> None:
    """Raises ``NonHabilite``."""
    require(can_tenir(acteur), sans_droit(Permission.PROGRAMME_TENIR))


def exiger_voter(acteur: Acteur, decision: Decision, *, jour: date) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (not open that day)."""
    require(can_voter(acteur), sans_droit(Permission.PROGRAMME_VOTER))
    if etat_de(decision, jour=jour) is not Etat.OUVERTE:
        raise Interdit(PAS_OUVERT)


def exiger_clore(acteur: Acteur, decision: Decision, *, jour: date) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (taken already, one's own, still open)."""
    exiger_tenir(acteur)
    if decision.issue:
        raise Interdit(DEJA_PRISE)
    exiger_autre_personne(acteur, decision.auteur, sinon=DE_SOI)
    if etat_de(decision, jour=jour) is Etat.OUVERTE:
        raise Interdit(TOUJOURS_OUVERT)


def exiger_suivre(acteur: Acteur, decision: Decision) -> None:
    """Raises ``NonHabilite``, ``Interdit`` (not taken yet)."""
    exiger_tenir(acteur)
    if not decision.issue:
        raise Interdit(PAS_PRISE)
