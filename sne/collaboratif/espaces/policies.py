"""Who opens a space, who announces and questions, and where."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_agir(acteur: Acteur, permission: Permission, territoire: str) -> bool:
    """In this territory; without one, in the whole country."""
    if territoire:
        return acteur.peut(permission, territoire)
    return acteur.territoires(permission) is None


def can_ouvrir(acteur: Acteur, territoire: str) -> bool:
    """Open a space of a territory, or of the whole country."""
    return can_agir(acteur, Permission.ESPACE_OUVRIR, territoire)


def can_tenir(acteur: Acteur, territoire: str) -> bool:
    """Announce, hold the calendar and ask, in a territory or in the whole country."""
    return can_agir(acteur, Permission.ANIMATION_TENIR, territoire)


def can_contribuer(acteur: Acteur) -> bool:
    """Work in the spaces of one's teams."""
    return acteur.peut(Permission.ESPACE_CONTRIBUER)
