"""Who may write the lake."""

from sne.socle.acteur import Acteur, Canal


def can_verser(acteur: Acteur) -> bool:
    """Pour facts, count cells, take out what was erased: the service alone."""
    return acteur.canal is Canal.SYSTEME
