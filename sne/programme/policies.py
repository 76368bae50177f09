"""Who votes for a territory, who keeps the register of decisions."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_voter(acteur: Acteur) -> bool:
    """Answer for the territory one acts for."""
    return bool(acteur.territoire) and acteur.peut(Permission.PROGRAMME_VOTER, acteur.territoire)


def can_tenir(acteur: Acteur) -> bool:
    """Put a decision to the vote, write down what was decided and what follows."""
    return acteur.peut(Permission.PROGRAMME_TENIR)
