"""Who proposes a page, who publishes one, who is told that something is missing."""

from sne.habilitations.rules import Permission, Role
from sne.site_pro.rules.pages import Theme
from sne.socle.acteur import Acteur


def can_proposer(acteur: Acteur) -> bool:
    """Write, and submit: whoever works with the service."""
    return acteur.peut(Permission.CONTENU_PROPOSER)


def can_publier(acteur: Acteur, theme: str | None = None) -> bool:
    """Publish, send back, withdraw. The data protection officer does it of security only; ``None``: of some theme."""
    if not acteur.peut(Permission.CONTENU_PUBLIER):
        return False
    autres = any(Permission.CONTENU_PUBLIER in m.permissions and m.role != Role.DPO for m in acteur.mandats)
    return autres or theme in {None, Theme.SECURITE.value}
