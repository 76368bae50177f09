"""The compiled SQL of measures, as it was committed: what the engines run."""

import hashlib
from functools import cache
from pathlib import Path

DOSSIER = Path(__file__).parent / "compilees"
CLES = ("territoire", "guichet", "mois")
DETAIL = ".detail"


@cache
def lire(fait: str, *, dialecte: str = "duckdb", detail: bool = False) -> str:
    """The aggregate of a fact: one row by territory, counter and month, a column for each of its measures.

    ``detail``: one row by key and counter. Raises ``FileNotFoundError`` for a fact without measures.
    """
    return (DOSSIER / dialecte / f"{fait}{DETAIL if detail else ''}.sql").read_text("utf-8")


@cache
def empreinte() -> str:
    """SHA-256 of what the cells are counted with: another one, and they are counted again from the lake."""
    somme = hashlib.sha256()
    for fichier in sorted((DOSSIER / "duckdb").glob("*.sql")):
        if DETAIL not in fichier.name:
            somme.update(fichier.name.encode() + b"\0" + fichier.read_bytes() + b"\0")
    return somme.hexdigest()
