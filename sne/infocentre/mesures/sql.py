"""The compiled SQL of measures, as it was committed: what the engines run."""

import hashlib
from enum import StrEnum
from functools import cache
from pathlib import Path

DOSSIER = Path(__file__).parent / "compilees"


class Forme(StrEnum):
    """By what the sums of a fact are gathered: a territory and a month in each, and one of these.

    ``GUICHETS``: the counter. ``AXES``: an axis of the fact and its value. ``DISTRIBUTIONS``: either, and the value of
    a column: the measure is « CODE=value ». ``DETAIL``: the key and the day instead of territory and month.
    """

    GUICHETS = ""
    AXES = ".axes"
    DISTRIBUTIONS = ".distributions"
    DETAIL = ".detail"


CELLULES = (Forme.GUICHETS, Forme.AXES, Forme.DISTRIBUTIONS)
"""What cells are counted by."""


@cache
def lire(fait: str, *, dialecte: str = "duckdb", forme: Forme = Forme.GUICHETS) -> str:
    """The sums of a fact in this form, a column for each of its measures, or a row for each value of a distribution.

    Raises ``FileNotFoundError`` for a fact without any.
    """
    return chemin(fait, dialecte, forme).read_text("utf-8")


@cache
def lire_cellules(fait: str, *, dialecte: str = "duckdb") -> tuple[str, ...]:
    """Every statement whose rows are cells; none for a fact without measures."""
    return tuple(
        lire(fait, dialecte=dialecte, forme=forme)
        for forme in CELLULES
        if chemin(fait, dialecte, forme).is_file()
    )


def chemin(fait: str, dialecte: str, forme: Forme) -> Path:
    """Where it is committed."""
    return DOSSIER / dialecte / f"{fait}{forme}.sql"


@cache
def empreinte() -> str:
    """SHA-256 of what the cells are counted with: another one, and they are counted again from the lake."""
    somme = hashlib.sha256()
    for fichier in sorted((DOSSIER / "duckdb").glob("*.sql")):
        if Forme.DETAIL not in fichier.name:
            somme.update(fichier.name.encode() + b"\0" + fichier.read_bytes() + b"\0")
    return somme.hexdigest()
