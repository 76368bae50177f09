"""Who searches demandes, and over which territory."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_rechercher(acteur: Acteur) -> bool:
    """Search within the actor's own perimeter."""
    return acteur.peut(Permission.DEMANDE_RECHERCHER)
