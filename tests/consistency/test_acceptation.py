"""Each promise of the site, the desk and the spaces names tests that stand: none is missing, none names a test gone."""

import ast
import re
from functools import cache
from pathlib import Path

ESSAIS = Path(__file__).resolve().parents[1]
PAGE = ESSAIS.parent / "docs" / "acceptation.md"
PROMESSES = {
    *(f"S{n}" for n in range(1, 15)),
    *(f"T{n}" for n in range(1, 21)),
    *(f"E{n}" for n in range(1, 16)),
}


@cache
def essais_de(fichier: str) -> frozenset[str]:
    """Names of the tests of a file."""
    arbre = ast.parse((ESSAIS / fichier).read_text("utf-8"))
    return frozenset(
        n.name for n in ast.walk(arbre) if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")
    )


def test_each_promise_is_held_by_tests_that_stand() -> None:
    lignes = re.findall(r"^\| ([STE]\d+) \| [^|]+ \| ([^|]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert [code for code, _ in lignes] == sorted(PROMESSES, key=lambda c: ("STE".index(c[0]), int(c[1:])))
    for code, preuves in lignes:
        noms = re.findall(r"`([^`]+)::([^`]+)`", preuves)
        assert noms, code
        for fichier, nom in noms:
            assert nom in essais_de(fichier), (code, fichier, nom)
