"""Who tunes the search: who writes the site."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_regler(acteur: Acteur) -> bool:
    """Synonyms, and queries that found nothing."""
    return acteur.peut(Permission.RECHERCHE_REGLER)
