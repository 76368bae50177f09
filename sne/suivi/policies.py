"""Who may compute, read and discuss the activity of counters."""

from sne.socle.acteur import Acteur, Canal


def can_calculer(acteur: Acteur) -> bool:
    """Compute the activity of every counter: the service alone."""
    return acteur.canal is Canal.SYSTEME
