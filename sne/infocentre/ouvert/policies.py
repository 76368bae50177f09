"""Who prepares an edition of open data, who publishes it."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur, Canal

PREPARER, PUBLIER = Permission.OUVERT_PREPARER, Permission.OUVERT_PUBLIER


def can_preparer(acteur: Acteur) -> bool:
    """Ask for an edition: those who do it for the nation."""
    return acteur.peut(PREPARER) and acteur.territoires(PREPARER) is None


def can_publier(acteur: Acteur) -> bool:
    """Answer the one that somebody else asked for: the data protection officer, on the audit."""
    return acteur.peut(PUBLIER) and acteur.territoires(PUBLIER) is None


def can_calculer(acteur: Acteur) -> bool:
    """Compute an edition and audit it: the service alone."""
    return acteur.canal is Canal.SYSTEME
