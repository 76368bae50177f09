"""What is checked, as one text: what is said of it dies by itself once the text is another one."""

from enum import StrEnum
from hashlib import sha256


class Source(StrEnum):
    """Who said it."""

    BAN = "BAN"
    INDEX = "INDEX"
    ENTREPRISES = "ENTREPRISES"
    BAILLEURS = "BAILLEURS"


def cle_d_adresse(
    *, numero: str | None, voie: str | None, code_postal: str | None, commune: str | None
) -> str:
    """The lines by which an address is found, spaces and case apart; ``commune``: INSEE. Empty without a street."""
    if not voie or not commune:
        return ""
    return "|".join(
        " ".join((partie or "").split()).casefold() for partie in (numero, voie, code_postal, commune)
    )


def cle_d_entreprise(numero: str | None) -> str:
    """A SIREN or a SIRET is its own key."""
    return numero or ""


def empreinte(cle: str) -> bytes:
    """SHA-256 of a key."""
    return sha256(cle.encode()).digest()
