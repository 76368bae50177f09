"""Dates, durations and numbers in the words that attestations print."""

from datetime import date

from sne.registre.rules import numero_unique

NBSP = "\u00a0"
MOIS_ABREGES = (
    "janv.",
    "févr.",
    "mars",
    "avr.",
    "mai",
    "juin",
    "juil.",
    "août",
    "sept.",
    "oct.",
    "nov.",
    "déc.",
)


def date_abregee(jour: date) -> str:
    """``1 oct. 2023``, with no-break spaces: the date format of the attestation."""
    return f"{jour.day}{NBSP}{MOIS_ABREGES[jour.month - 1]}{NBSP}{jour.year}"


def mention_validite(mois: int) -> str:
    """``Valable 1 an`` for the twelve months of CCH R441-2-7; other durations are told exactly."""
    annees, reste = divmod(mois, 12)
    if reste:
        return f"Valable {mois} mois"
    return f"Valable {annees} an{'s' if annees > 1 else ''}"


def grouper_numero(numero: str) -> str:
    """Territory, month and year, sequence, guichet: ``099 0619 004127 G0993``, with no-break spaces."""
    return numero_unique.lire(numero).groupe.replace(" ", NBSP)
