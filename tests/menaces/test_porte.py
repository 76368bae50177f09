"""Each way by a door from outside is held by a test that exists, and the page of threats says the same."""

import re
from pathlib import Path

import pytest

from tests.menaces.editeurs import LOGICIELS, Chez
from tests.menaces.porte import PORTE, Contre, ParLaPorte, tableau_de_la_porte

ESSAIS = Path(__file__).parents[1]


@pytest.mark.parametrize("menace", [*PORTE, *LOGICIELS], ids=lambda menace: menace.test)
def test_its_test_exists(menace: ParLaPorte) -> None:
    assert re.search(rf"^ *def {menace.test}\(", (ESSAIS / menace.fichier).read_text(), re.MULTILINE)


def test_none_is_lost() -> None:
    """As many as were studied; each has its line, and no line is there twice."""
    assert (len(Contre), len(Chez)) == (34, 18)
    for porte, toutes in ((PORTE, Contre), (LOGICIELS, Chez)):
        assert {menace.contre for menace in porte} == set(toutes)
        assert len({menace.quoi for menace in porte}) == len(porte)


def test_the_page_says_the_same() -> None:
    page = (ESSAIS.parent / "docs" / "menaces.md").read_text()
    assert tableau_de_la_porte() in page
    assert tableau_de_la_porte(LOGICIELS) in page
