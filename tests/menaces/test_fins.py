"""The table of ends names each test once, and the page of threats shows it."""

import re
from pathlib import Path

from tests.menaces.fins import FIN, tableau

ICI = Path(__file__).parent
PAGE = ICI.parents[1] / "docs" / "menaces.md"


def test_each_attempt_has_its_test_and_its_end() -> None:
    fichiers = sorted(ICI.glob("test_par_*.py"))
    tests = [nom for f in fichiers for nom in re.findall(r"^def (test_\w+)", f.read_text(), re.MULTILINE)]
    assert sorted(tests) == sorted(FIN)


def test_the_page_says_the_same() -> None:
    assert tableau() in PAGE.read_text()
