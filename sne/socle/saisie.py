"""Reads what a person types in one text field: dates without a calendar, sentences when they are wrong."""

import re
import unicodedata
from datetime import date

from sne.socle.signes import MOIS

PREMIERE_ANNEE = 1850
DERNIERE_ANNEE = 2150
_SEPAREE = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
_COLLEE = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_ECRITE = re.compile(r"(?<!\d)(\d{1,2})(?:er)?[\s./-]+([^\W\d_]{3,9})\.?[\s./-]+(\d{4})(?!\d)")


class Illisible(ValueError):
    """What was typed cannot be read; ``str(exc)`` is a French sentence with the remedy, without what was typed.

    ``modele``: the same before its ``valeurs`` are put in it, for who says it in another language.
    """

    def __init__(self, modele: str, **valeurs: object) -> None:
        super().__init__(modele % valeurs if valeurs else modele)
        self.modele, self.valeurs = modele, valeurs


class DateIllisible(Illisible):
    """It is not a date."""


def lire_date(texte: str) -> date:
    """« 12032016 », « 12/3/2016 », « 12.03.2016 », « 2016-03-12 » or « 12 mars 2016 » → date.

    Raises :class:`DateIllisible` with a sentence to show beside the field.
    """
    nu = dates_en_chiffres(texte.strip())
    if trouve := _SEPAREE.fullmatch(nu) or _COLLEE.fullmatch(nu):
        jour, mois, annee = (int(morceau) for morceau in trouve.groups())
    else:
        raise DateIllisible("Tapez le jour, le mois et l’année sur quatre chiffres, par exemple 12/03/2016.")
    if not PREMIERE_ANNEE <= annee <= DERNIERE_ANNEE:
        raise DateIllisible("L’année %(annee)s n’est pas possible. Vérifiez l’année.", annee=annee)
    try:
        return date(annee, mois, jour)
    except ValueError as exc:
        ecrite = f"{jour:02}/{mois:02}/{annee}"
        raise DateIllisible("Le %(jour)s n’existe pas. Vérifiez le jour et le mois.", jour=ecrite) from exc


def dates_en_chiffres(texte: str) -> str:
    """The dates of a text in figures: « le 1er mai 1985 » → « le 1/5/1985 », « 1985-05-12 » → « 12/05/1985 »."""
    return _ECRITE.sub(_chiffrer, _ISO.sub(r"\3/\2/\1", texte))


def _chiffrer(trouve: re.Match[str]) -> str:
    """A date whose month is written, whole or by its first letters; as it was when they are not those of one month."""
    jour, mot, annee = trouve.groups()
    rangs = [rang for rang, nom in enumerate(MOIS, 1) if _sans_accent(nom).startswith(_sans_accent(mot))]
    return f"{jour}/{rangs[0]}/{annee}" if len(rangs) == 1 else trouve[0]


def _sans_accent(mot: str) -> str:
    return "".join(s for s in unicodedata.normalize("NFD", mot.lower()) if not unicodedata.combining(s))
