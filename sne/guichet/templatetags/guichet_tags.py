"""How the statuses of an application are shown."""

from django import template
from django.utils.html import format_html

from sne.guichet.demandes.dossier import TONS

register = template.Library()


@register.simple_tag
def statut_badge(statut: str) -> str:
    """Badge of a status: text always, colour never alone."""
    libelle, ton = TONS.get(statut, (statut.capitalize(), ""))
    classe = f" fr-badge--{ton}" if ton else ""
    return format_html('<span class="fr-badge fr-badge--sm{}">{}</span>', classe, libelle)
