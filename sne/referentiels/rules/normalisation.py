"""Names of places as people type them: case, accents, hyphens, « St », « s/ », « 15ème » do not count."""

import re

from anyascii import anyascii

ABREVIATIONS = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}
ARTICLES = ("le", "la", "les", "l")
_SUR = re.compile(r"\bs/\s*", re.IGNORECASE)
_AUTRES_SIGNES = re.compile(r"[^a-z0-9]+")
_CEDEX = re.compile(r"\bcedex\b.*$")
_ARRONDISSEMENT = re.compile(
    r"^(paris|lyon|marseille) 0?(\d{1,2}) ?(?:er|e|eme|nd|de)?(?: (?:arrondissement|arrt|ardt|arr))?$"
)


def normaliser_lieu(nom: str) -> str:
    """Search key of a place: lower-case ASCII words, one space between; « Paris 1er Arr. » is ``paris 1``."""
    ascii_ = anyascii(_SUR.sub("sur ", nom)).lower()
    mots = _AUTRES_SIGNES.sub(" ", ascii_).split()
    cle = " ".join(ABREVIATIONS.get(m, m) for m in mots)
    cle = _CEDEX.sub("", cle).strip()
    return _ARRONDISSEMENT.sub(r"\1 \2", cle)


def compacter(cle: str) -> str:
    """The key without spaces: « Mont fleury » and « Montfleury » are the same name."""
    return cle.replace(" ", "")


def sans_article(cle: str) -> str:
    """The key without its leading article: « Le Havre » is also found as « Havre »."""
    premier, _, reste = cle.partition(" ")
    return reste if reste and premier in ARTICLES else cle
