"""What an automatic reading of a document is compared with: names and year of the file, found in its text or not. Pure.

An aid, never a proof: what is not found may be there, badly read.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_ENTRE_MOTS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Attendu:
    """Something that the file says and that the document should."""

    libelle: str
    valeur: str


@dataclass(frozen=True, slots=True)
class Constat:
    """Whether it was read in the text."""

    attendu: Attendu
    lu: bool


def confronter_texte(texte: str, attendus: Sequence[Attendu]) -> list[Constat]:
    """Look for each value, word for word, whatever the case, the accents and the signs between words."""
    lus = _mots(texte)
    return [Constat(a, bool(a.valeur) and _mots(a.valeur) in lus) for a in attendus]


def _mots(texte: str) -> str:
    lettres = unicodedata.normalize("NFKD", texte.casefold())
    sans_accent = "".join(signe for signe in lettres if not unicodedata.combining(signe))
    return f" {_ENTRE_MOTS.sub(' ', sans_accent).strip()} "
