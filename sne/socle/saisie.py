"""Reads what a person types in one text field: dates without a calendar, sentences when they are wrong."""

import re
from datetime import date

PREMIERE_ANNEE = 1850
DERNIERE_ANNEE = 2150
_SEPAREE = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})")
_COLLEE = re.compile(r"(\d{2})(\d{2})(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class DateIllisible(ValueError):
    """What was typed is not a date; ``str(exc)`` is a French sentence with the remedy.

    ``modele``: the same before its ``valeurs`` are put in it, for who says it in another language.
    """

    def __init__(self, modele: str, **valeurs: object) -> None:
        super().__init__(modele % valeurs if valeurs else modele)
        self.modele, self.valeurs = modele, valeurs


def lire_date(texte: str) -> date:
    """« 12032016 », « 12/3/2016 », « 12.03.2016 » or « 2016-03-12 » → date.

    Raises :class:`DateIllisible` with a sentence to show beside the field.
    """
    nu = texte.strip()
    if iso := _ISO.fullmatch(nu):
        annee, mois, jour = (int(morceau) for morceau in iso.groups())
    elif trouve := _SEPAREE.fullmatch(nu) or _COLLEE.fullmatch(nu):
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
