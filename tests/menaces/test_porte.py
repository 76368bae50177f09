"""Each way by the households' door is held by a test that exists, and the page of threats says the same."""

import re
from pathlib import Path

import pytest

from tests.menaces.porte import PORTE, Contre, ParLaPorte, tableau_de_la_porte

ESSAIS = Path(__file__).parents[1]


@pytest.mark.parametrize("menace", PORTE, ids=lambda menace: menace.test)
def test_its_test_exists(menace: ParLaPorte) -> None:
    assert re.search(rf"^ *def {menace.test}\(", (ESSAIS / menace.fichier).read_text(), re.MULTILINE)


def test_none_is_lost() -> None:
    """As many as were studied; each has its line, and no line is there twice."""
    assert len(Contre) == 34
    assert {menace.contre for menace in PORTE} == set(Contre)
    assert len({menace.quoi for menace in PORTE}) == len(PORTE)


def test_the_page_says_the_same() -> None:
    assert tableau_de_la_porte() in (ESSAIS.parent / "docs" / "menaces.md").read_text()
