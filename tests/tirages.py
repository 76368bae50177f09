"""A page without what is drawn anew each time it is made: a short number looked for is not there by chance."""

import re

TIRAGE = re.compile(r"(?=[\w-]*(?:\d[^\W\d_]|[^\W\d_]\d))[\w-]{24,}")
"""Identifiers, tokens, fingerprints: long, letters beside figures. What words and numbers make is read."""


def sans_tirages(texte: str) -> str:
    """What a person would read."""
    return TIRAGE.sub("…", texte)
