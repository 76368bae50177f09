"""What French sentences need: a sign that no keyboard types, the names of the months. Pure."""

from datetime import date
from decimal import Decimal

INSECABLE = "\u00a0"  # before « : ; ? ! » and inside quotation marks, between a number and its unit
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)


def nom_du_mois(jour: date) -> str:
    """« novembre 2026 »."""
    return f"{MOIS[jour.month - 1]} {jour.year}"


def en_chiffres(nombre: Decimal | int) -> str:
    """« 1 240 », « −3 », « 12,5 »: no-break spaces between thousands, a comma, a true minus sign."""
    return f"{nombre:,}".replace(",", INSECABLE).replace(".", ",").replace("-", "−")
