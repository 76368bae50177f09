"""One way to act, read in the code itself: who makes a revision, who holds a place, who writes an entry."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
REGISTRE = RACINE / "sne" / "registre"


def code(racine: Path) -> Iterator[tuple[Path, ast.Module]]:
    for fichier in sorted(racine.rglob("*.py")):
        if "migrations" not in fichier.parts:
            yield fichier, ast.parse(fichier.read_text(encoding="utf-8"))


def revisions(racine: Path) -> list[str]:
    """Places that move ``….revision`` of something on."""
    return [
        f"{fichier.relative_to(racine)}:{noeud.lineno}"
        for fichier, arbre in code(racine)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.AugAssign)
        and isinstance(noeud.target, ast.Attribute)
        and noeud.target.attr == "revision"
    ]


def construisent(nom: str, racine: Path) -> set[str]:
    """Files that call this class to make one."""
    return {
        str(fichier.relative_to(racine))
        for fichier, arbre in code(racine)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.Call)
        and (
            (isinstance(noeud.func, ast.Name) and noeud.func.id == nom)
            or (isinstance(noeud.func, ast.Attribute) and noeud.func.attr == nom)
        )
    }


def paires(racine: Path) -> list[str]:
    """Functions that are given who acts and when apart, where one :class:`Acte` says both."""
    return [
        f"{fichier.relative_to(racine)}:{noeud.name}"
        for fichier, arbre in code(racine)
        for noeud in ast.walk(arbre)
        if isinstance(noeud, ast.FunctionDef)
        and {"acteur", "survenu_le"} <= {a.arg for a in (*noeud.args.args, *noeud.args.kwonlyargs)}
    ]


def test_one_file_makes_revisions() -> None:
    assert [lieu.partition(":")[0] for lieu in revisions(REGISTRE)] == ["demande/actions/reviser.py"]


def test_one_file_holds_places() -> None:
    assert construisent("PlaceOuverte", REGISTRE) == {"demande/actions/places.py"}


def test_one_file_tells_acts_of_the_register() -> None:
    assert construisent("Entree", REGISTRE) == {"demande/actions/dire.py"}


def test_who_acts_and_when_are_passed_together() -> None:
    assert paires(RACINE / "sne") == []


@pytest.mark.parametrize(
    ("faute", "lire"),
    [
        ("def f(demande):\n    demande.revision += 1\n", revisions),
        ("def f(d):\n    PlaceOuverte(demande=d).save()\n", lambda r: construisent("PlaceOuverte", r)),
        ("def f(d):\n    rules.Entree(verbe=d)\n", lambda r: construisent("Entree", r)),
        ("def f(*, acteur, survenu_le):\n    pass\n", paires),
    ],
)
def test_a_planted_fault_is_seen(tmp_path: Path, faute: str, lire: object) -> None:
    (tmp_path / "faute.py").write_text(faute)
    assert callable(lire)
    assert list(lire(tmp_path))
