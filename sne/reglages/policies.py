"""Who proposes a value of a dated parameter, who decides on it."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur

GERER = Permission.PARAMETRE_GERER


def can_gerer(acteur: Acteur) -> bool:
    """Propose a value, or decide on one that somebody else proposed: those who run the service for the nation."""
    return acteur.peut(GERER) and acteur.territoires(GERER) is None
