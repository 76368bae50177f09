"""Dates, durations and numbers in the words that attestations print."""

from datetime import date
from decimal import Decimal

from sne.registre.demande.rules import numero_unique
from sne.socle.signes import INSECABLE, MOIS

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
LONGUEUR_E164_FRANCAIS = 12


def date_abregee(jour: date) -> str:
    """``1 oct. 2023``, with no-break spaces: the date format of the attestation."""
    return f"{jour.day}{INSECABLE}{MOIS_ABREGES[jour.month - 1]}{INSECABLE}{jour.year}"


def mention_validite(mois: int) -> str:
    """``Valable 1 an`` for the twelve months of CCH R441-2-7; other durations are told exactly."""
    return f"Valable {duree_en_mots(mois)}"


def duree_en_mots(mois: int) -> str:
    """``1 an`` for twelve months, ``18 mois`` for eighteen."""
    annees, reste = divmod(mois, 12)
    if reste:
        return f"{mois} mois"
    return f"{annees} an{'s' if annees > 1 else ''}"


def grouper_numero(numero: str) -> str:
    """Territory, month and year, sequence, guichet: ``099 0619 004127 G0993``, with no-break spaces."""
    return numero_unique.lire(numero).groupe.replace(" ", INSECABLE)


def date_longue(jour: date) -> str:
    """``1er octobre 2023``, with no-break spaces."""
    numero = "1er" if jour.day == 1 else str(jour.day)
    return f"{numero}{INSECABLE}{MOIS[jour.month - 1]}{INSECABLE}{jour.year}"


def montant(valeur: Decimal, unite: str) -> str:
    """``1 448,20 €``: cents only when there are some, thousands apart, no-break spaces."""
    decimales = 0 if valeur == valeur.to_integral_value() else 2
    return f"{valeur:,.{decimales}f}".replace(",", INSECABLE).replace(".", ",") + f"{INSECABLE}{unite}"


def telephone_national(e164: str) -> str:
    """``04 65 71 00 03`` for a French number in E.164; any other as it is."""
    if not e164.startswith("+33") or len(e164) != LONGUEUR_E164_FRANCAIS:
        return e164
    national = f"0{e164[3:]}"
    return INSECABLE.join(national[i : i + 2] for i in range(0, 10, 2))
