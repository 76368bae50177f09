"""Names without accents nor case: what the database compares, in Python."""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

DIACRITIQUES = frozenset(map(chr, range(0x300, 0x363)))
"""Marks over or under a letter that has no sign with them (ẹ́), which the database leaves out."""
# Where the database's dictionary (unaccent) and anyascii differ, among the letters of Europe.
AUTREMENT = str.maketrans(
    dict.fromkeys(DIACRITIQUES, "")
    | {"Ŋ": "n", "ŋ": "n", "©": " c ", "®": " r ", "ª": "a", "º": "o", "ẚ": "a", "ẜ": "s", "ẝ": "s"}
    | dict.fromkeys("ẛẟƏəƆɔ", " ")
)
_NON_LETTRES = re.compile("[^a-z]+")


def normaliser(texte: str) -> str:
    """Small letters without accent, each run of anything else one blank: ``normaliser(text)`` of the database."""
    lettres = "".join(_sans_accent(signe) for signe in texte.translate(AUTREMENT))
    return _NON_LETTRES.sub(" ", lettres.lower()).strip()


@lru_cache(maxsize=10_000)
def _sans_accent(signe: str) -> str:
    return anyascii(signe) if unicodedata.name(signe, "").startswith("LATIN ") else signe
