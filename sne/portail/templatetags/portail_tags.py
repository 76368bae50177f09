"""What the register says in French, in the language of the page; what it has in French alone is marked so."""

from django import template
from django.utils.html import format_html
from django.utils.translation import get_language

from sne.portail.lignes import dire_mot
from sne.portail.refus import dire_refus
from sne.socle.langues import FRANCAIS

register = template.Library()


@register.filter
def dite(texte: object) -> str:
    """A label, a reason, a sentence of a rule."""
    ecrit = str(texte)
    if not ecrit or get_language() == FRANCAIS:
        return ecrit
    if (dite_ := dire_refus(ecrit)) != ecrit:
        return dite_
    return format_html('<span lang="fr" dir="ltr">{}</span>', ecrit)


@register.filter
def dite_au_guichet(texte: object) -> str:
    """The same, with its French name in brackets: the one that a counter says."""
    ecrit = str(texte)
    if get_language() == FRANCAIS or (dit := dire_mot(ecrit)) is None:
        return dite(ecrit)
    return format_html('{} (<bdi lang="fr">{}</bdi>)', dit, ecrit)
