"""A page without what is drawn anew each time it is made: a short number looked for is not there by chance."""

import re

TIRAGE = re.compile(r"[\w-]{24,}")
"""Identifiers, tokens, fingerprints; the numbers of a demande and of social security are shorter."""


def sans_tirages(texte: str) -> str:
    """What a person would read."""
    return TIRAGE.sub("…", texte)
