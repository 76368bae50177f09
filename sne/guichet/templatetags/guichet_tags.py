"""How the statuses of an application are shown, and where the household's page is."""

from django import template
from django.conf import settings
from django.utils.html import format_html

from sne.guichet.lecture.dossier import badge_statut
from sne.sensibilisation.rules import ECRANS

register = template.Library()


@register.simple_tag
def statut_badge(statut: str) -> str:
    """Badge of a status: text always, colour never alone."""
    badge = badge_statut(statut)
    classe = f" fr-badge--{badge.ton}" if badge.ton else ""
    return format_html('<span class="fr-badge fr-badge--sm{}">{}</span>', classe, badge.libelle)


@register.simple_tag
def page_du_menage(ecran: str) -> str:
    """Address of the portal's page about the same thing, for a fictional household; empty without a portal."""
    if not settings.URL_MENAGES:
        return ""
    return f"{settings.URL_MENAGES}/exemple/ma-demande/?cas={ECRANS[ecran].cas}"


ARTICLES = {"enfant": "l’", "personne": "la "}


@register.filter
def avec_article(contexte: str) -> str:
    """« Enfant 3 » → « l’enfant 3 », « Cotitulaire 1 » → « le cotitulaire 1 »."""
    nom = contexte[:1].lower() + contexte[1:]
    return ARTICLES.get(nom.split(" ")[0], "le ") + nom
