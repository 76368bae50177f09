"""The French that households read: short sentences, everyday words. Over the catalogue, without a database."""

import re
from collections.abc import Iterator

import polib
import pytest

from tests.portail.test_menage import traductions

MOTS_MAX = 20  # of a sentence [assumed]
INTERDITS = re.compile(
    r"\b(usagers?|dématérialis\w+|procéder|effectuer|modalités?|conformément|susvisé\w*|afférent\w*|nonobstant|"
    r"veuillez|cliquez|éligib\w+|le cas échéant|au titre de|en vue de|dans le cadre de|préalablement|"
    r"ultérieurement|radi(er|é|ée|ation)|titulaires?|instrui\w+|instruction|NIR|NUD|DRM|PGP|back-?office)\b",
    re.IGNORECASE,
)
"""Words of the administration, and of this code."""


def textes() -> list[str]:
    """Every text of the portal, one way and the other where it counts something; but labels of the law's own lists
    (documents, events, decisions), which are shown as an order gives them.
    """
    outil = traductions()
    listes = set(outil._des_listes()) | set(outil._du_dossier())
    catalogue = polib.pofile(str(outil.catalogue(outil.PORTAIL, "en")))
    return [
        texte
        for entree in catalogue
        for texte in (entree.msgid, entree.msgid_plural)
        if texte and texte not in listes
    ]


def phrases(texte: str) -> Iterator[str]:
    """Its sentences, a colon and a semicolon ending one; what is put in it counts for a word."""
    pleine = re.sub(r"%\(\w+\)s", "mot", texte)
    yield from re.split(r"(?<=[.!?…])[\s\u00a0]+|\u00a0[:;][\s\u00a0]", pleine)


def mots(phrase: str) -> int:
    return sum(bool(re.search(r"\w", mot)) for mot in re.split(r"[\s\u00a0]+", phrase))


def test_no_sentence_is_long() -> None:
    assert [p for texte in textes() for p in phrases(texte) if mots(p) > MOTS_MAX] == []


def test_no_word_of_the_administration() -> None:
    assert [texte for texte in textes() if INTERDITS.search(texte)] == []


@pytest.mark.parametrize(
    ("texte", "longue", "dite"),
    [
        ("Veuillez procéder.", False, True),
        (" ".join(["mot"] * 21) + ".", True, False),
        (" ".join(["mot"] * 20) + ". Un autre.", False, False),
        (" ".join(["mot"] * 12) + "\u00a0: " + " ".join(["mot"] * 12), False, False),
    ],
)
def test_what_would_be_told(texte: str, longue: bool, dite: bool) -> None:
    assert any(mots(p) > MOTS_MAX for p in phrases(texte)) is longue
    assert bool(INTERDITS.search(texte)) is dite
