"""The committed reference files (``donnees/``), as plain rows: the only place that knows where they are."""

import csv
import gzip
import hashlib
import io
import json
from collections.abc import Sequence
from importlib.resources import files
from typing import Any

DONNEES = files("sne.referentiels") / "donnees"


def lire_octets(nom: str) -> bytes:
    """Content of a committed file, decompressed when it is a ``.gz``. Raises ``FileNotFoundError``."""
    octets = DONNEES.joinpath(*nom.split("/")).read_bytes()
    return gzip.decompress(octets) if nom.endswith(".gz") else octets


def lire_csv(nom: str) -> list[dict[str, str]]:
    """Rows of a committed CSV, by column name."""
    return list(csv.DictReader(io.StringIO(lire_octets(nom).decode())))


def lire_json(nom: str) -> Any:
    """Content of a committed JSON file."""
    return json.loads(lire_octets(nom))


def empreinte(noms: Sequence[str], *, sel: str = "") -> str:
    """SHA-256 (64 hexadecimal signs) of these files together, whatever their compression, and of ``sel``."""
    somme = hashlib.sha256(sel.encode())
    for nom in sorted(noms):
        octets = lire_octets(nom)
        somme.update(f"{nom}:{len(octets)}:".encode())
        somme.update(octets)
    return somme.hexdigest()
