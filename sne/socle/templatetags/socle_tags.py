"""How numbers, dates and contacts are written on screen; the frame of a table."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import dateformat, formats, timezone
from django.utils.html import format_html
from django.utils.translation import get_language

from sne.socle.signes import INSECABLE, en_chiffres

register = template.Library()
ANNEE_ABREGEE = " р."
"""What ends a Ukrainian date: its stop would meet that of the sentence."""


@register.filter
def numero(canonique: str | None) -> str:
    """``0990619004127G0993`` → « 099 0619 004127 G0993 »; anything but 18 signs as it is."""
    texte = str(canonique or "")
    if len(texte) != 18:
        return texte
    return INSECABLE.join((texte[:3], texte[3:7], texte[7:13], texte[13:]))


@register.filter
def date_fr(jour: date | datetime | None) -> str:
    """Day as professionals read it: « 24/11/2026 »; an instant is first moved to Paris time."""
    if jour is None or jour == "":
        return ""
    if isinstance(jour, datetime):
        jour = timezone.localtime(jour)
    return jour.strftime("%d/%m/%Y")


@register.filter
def dernier_jour(fin: datetime | None) -> str:
    """Last day of what ends at this instant, not included: midnight of the 13th is « 12/12/2026 »."""
    return date_fr(fin - timedelta(microseconds=1)) if fin else ""


def _en_francais() -> bool:
    return (get_language() or "fr").startswith("fr")


@register.filter
def date_longue(jour: date | None) -> str:
    """Day in words: « 1er décembre 2026 »; as written in the language of the page."""
    if jour is None or jour == "":
        return ""
    if not _en_francais():
        return formats.date_format(jour, "DATE_FORMAT").removesuffix(ANNEE_ABREGEE)
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme} {dateformat.format(jour, 'F Y')}"


@register.filter
def mois_en_lettres(jour: date) -> str:
    """« novembre 2026 »."""
    return str(dateformat.format(jour, "F Y"))


@register.filter
def mois_a_mois(du: date, au: date) -> str:
    """« octobre 2026 », « août 2026 à octobre 2026 »; ``au``: any day of the last month."""
    debut, fin = mois_en_lettres(du), mois_en_lettres(au)
    return fin if debut == fin else f"{debut} à {fin}"


@register.filter
def heure_fr(instant: datetime | None) -> str:
    """Time in Paris: « 11 h 03 »; 11:03 in the other languages."""
    if instant is None or instant == "":
        return ""
    local = timezone.localtime(instant)
    if not _en_francais():
        return f"{local:%H:%M}"
    return f"{local.hour}{INSECABLE}h{INSECABLE}{local:%M}"


@register.filter
def instant_fr(instant: datetime | None) -> str:
    """Day and time in Paris: « 20/11/2026 à 11 h 20 »."""
    a = " à " if _en_francais() else " "
    return f"{date_fr(instant)}{a}{heure_fr(instant)}" if instant else ""


@register.filter
def pluriel(nombre: int, formes: str) -> str:
    """``{{ n|pluriel:"dossier,dossiers" }}`` → « 1 dossier » (0 and 1 are singular); « 1 240 dossiers »."""
    un, plusieurs = formes.split(",")
    return f"{en_chiffres(nombre)}{INSECABLE}{plusieurs if nombre > 1 else un}"


@register.filter
def jour_en_lettres(jour: date) -> str:
    """« Mardi 24 novembre » (« 1er » for the first of a month); as written in the language of the page."""
    if not _en_francais():
        dit = str(dateformat.format(jour, "l j E"))
        return f"{dit[:1].upper()}{dit[1:]}"
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{dateformat.format(jour, 'l').capitalize()} {quantieme} {dateformat.format(jour, 'F')}"


@register.simple_block_tag
def tableau(content: str) -> str:
    """A table in its frame, cards on a phone; what is between the tags: its caption, its head, its body."""
    return format_html(
        '<div class="fr-table fr-table--sm fr-table--no-caption reg-tableau"><div class="fr-table__wrapper">'
        '<div class="fr-table__container"><div class="fr-table__content"><table>{}</table></div></div></div></div>',
        content,
    )
