"""Who prepares an edition of open data, who publishes it."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur, Canal

OUVRIR = Permission.OUVERT_PUBLIER


def can_ouvrir(acteur: Acteur) -> bool:
    """Ask for an edition, or answer the one that somebody else asked for: those who do it for the nation."""
    return acteur.peut(OUVRIR) and acteur.territoires(OUVRIR) is None


def can_calculer(acteur: Acteur) -> bool:
    """Compute an edition and audit it: the service alone."""
    return acteur.canal is Canal.SYSTEME
