"""Values of a message, written in French when it was prepared, in the language of its reader. No database, no clock."""

import re
from datetime import date

from django.utils.text import get_text_list
from django.utils.timesince import TIME_STRINGS
from django.utils.translation import gettext

from sne.notifications.rules.dites import lire_enumeration, reconnaitre
from sne.socle.signes import MOIS
from sne.socle.templatetags.socle_tags import date_longue

DATE = re.compile(rf"(1er|\d{{1,2}})\s({'|'.join(MOIS)})\s(\d{{4}})")
HEURE = re.compile(r"(\d{1,2})\sh\s(\d{2})")
DUREE = re.compile(r"(\d+)\s(minutes?|heures?|jours?|mois)")
UNITES = {"min": "minute", "heu": "hour", "jou": "day", "moi": "month"}


def dire(valeur: str) -> str:
    """A value in the language that is active, by line: a date, an hour, a duration, a known sentence; or as is."""
    return "\n".join(_ligne(ligne) for ligne in valeur.split("\n"))


def _ligne(valeur: str) -> str:
    if lue := DATE.fullmatch(valeur):
        quantieme, mois, annee = lue.groups()
        jour = date(int(annee), MOIS.index(mois) + 1, int(quantieme.removesuffix("er")))
        return date_longue(jour)
    if lue := HEURE.fullmatch(valeur):
        return f"{lue[1]}:{lue[2]}"
    if lue := DUREE.fullmatch(valeur):
        return str(TIME_STRINGS[UNITES[lue[2][:3]]] % {"num": int(lue[1])})
    if enumerees := lire_enumeration(valeur):
        return get_text_list([gettext(mot) for mot in enumerees], gettext("et"))
    connue = reconnaitre(valeur)
    if connue is None:
        return valeur
    phrase, valeurs = connue
    return gettext(phrase).format(**{nom: _ligne(texte) for nom, texte in valeurs.items()})
