"""How the statuses of an application are shown, where the household's page is, what comes next in a queue."""

from collections.abc import Sized
from typing import Any

from django import template
from django.conf import settings
from django.utils.html import format_html

from sne.guichet.lecture.dossier import badge_statut
from sne.guichet.listes.parcours import SUIVANT, situer, situer_ici
from sne.registre.doublons.selectors.proches import LIMITE
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


@register.filter
def sont_coupees(proches: Sized) -> bool:
    """Whether there may be more close demandes than these: the search stops at so many."""
    return len(proches) >= LIMITE


ARTICLES = {"enfant": "l’", "personne": "la "}


@register.filter
def avec_article(contexte: str) -> str:
    """« Enfant 3 » → « l’enfant 3 », « Cotitulaire 1 » → « le cotitulaire 1 »."""
    nom = contexte[:1].lower() + contexte[1:]
    return ARTICLES.get(nom.split(" ")[0], "le ") + nom


@register.inclusion_tag("guichet/listes/parcours.html", takes_context=True)
def parcours_ici(context: dict[str, Any]) -> dict[str, object]:
    """Where the act of this page is in the queue that is gone through, with those beside it."""
    return {"parcours": situer_ici(context["request"]), "actes": True}


@register.inclusion_tag("guichet/listes/suivant.html", takes_context=True)
def puis_le_suivant(
    context: dict[str, Any], libelle: str, nud: str = "", formulaire: str = "", nom: str = SUIVANT
) -> dict[str, object]:
    """The button that does the act of this page, then opens the next line of the queue; nothing out of a queue.

    ``nom``: that of the button, whose value is then ``suivant``.
    """
    request = context["request"]
    parcours = situer(request, nud) if nud else situer_ici(request)
    return {"parcours": parcours, "libelle": libelle, "formulaire": formulaire, "nom": nom, "valeur": SUIVANT}
