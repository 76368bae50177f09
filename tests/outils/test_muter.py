"""Mutations: each still names code that is there, and what no test sees is told."""

import dataclasses
from pathlib import Path

import pytest

from outils.mutations import Mutation
from outils.muter import TOUTES, muter, restantes

RACINE = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("mutation", TOUTES, ids=lambda m: m.clause)
def test_mutation_names_code_that_is_there(mutation: Mutation) -> None:
    assert (RACINE / mutation.fichier).read_text(encoding="utf-8").count(mutation.avant) == 1
    assert mutation.avant != mutation.apres
    assert all((RACINE / tests).exists() for tests in mutation.tests)


def test_every_clause_of_the_rule_has_its_mutation() -> None:
    assert len({m.clause for m in TOUTES}) == len(TOUTES) > 25


@pytest.fixture
def projet(tmp_path: Path) -> Path:
    """A project of two guards, of which one only is tested."""
    (tmp_path / "sne").mkdir()
    (tmp_path / "sne" / "__init__.py").touch()
    (tmp_path / "tests").mkdir()
    (tmp_path / "sne" / "garde.py").write_text("def garde(a, b):\n    return a > 1 and b > 1\n")
    (tmp_path / "tests" / "test_garde.py").write_text(
        "from sne.garde import garde\n\n\ndef test_a():\n    assert garde(2, 2) and not garde(1, 2)\n"
    )
    return tmp_path


VUE = Mutation("a", "sne/garde.py", "a > 1", "True", ("tests/test_garde.py",))
NON_VUE = Mutation("b", "sne/garde.py", "b > 1", "True", ("tests/test_garde.py",))


@pytest.mark.longue
def test_what_no_test_sees_is_told(projet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    avant = (projet / "sne" / "garde.py").read_text()
    assert muter(projet, [VUE, NON_VUE]) == [NON_VUE]
    assert capsys.readouterr().out.split() == ["vue", "a", "SURVIT", "b"]
    assert (projet / "sne" / "garde.py").read_text() == avant


def test_what_was_seen_before_is_not_tried_again() -> None:
    assert restantes([VUE, NON_VUE], "vue      a\nSURVIT   b\n") == [NON_VUE]
    assert restantes([VUE, NON_VUE], "") == [VUE, NON_VUE]


def test_stale_mutation_is_refused(projet: Path) -> None:
    with pytest.raises(LookupError, match="n’est pas une fois"):
        muter(projet, [dataclasses.replace(VUE, avant="c > 1")])


def test_tests_that_do_not_run_are_no_answer(projet: Path) -> None:
    with pytest.raises(RuntimeError):
        muter(projet, [dataclasses.replace(VUE, tests=("tests/test_absent.py",))])


def test_tests_that_fail_already_prove_nothing(projet: Path) -> None:
    (projet / "tests" / "test_garde.py").write_text("def test_a():\n    assert False\n")
    with pytest.raises(RuntimeError, match="en échec avant toute mutation"):
        muter(projet, [VUE])
