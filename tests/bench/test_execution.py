"""One whole run, as short as can be, on a server of its own: every part of a measure meets the others."""

from pathlib import Path

import pytest

from sne.bench.chantier import Reglages
from sne.bench.execution import mesurer
from tests.cli.commandes import sne


@pytest.mark.usefixtures("sans_mesure")
def test_a_run_measures_the_rows_asked_for(tmp_path: Path) -> None:
    dits: list[str] = []
    resultat, lignes = mesurer(
        ["http", "scellement"], Reglages(1, 1.0, 100), dire=dits.append, dossier=tmp_path / "b"
    )
    codes = ["http", "scellement", "scellement-debit"]
    assert [ligne.code for ligne in lignes] == codes
    assert all(ligne.valeur > 0 for ligne in lignes)
    assert [ligne["code"] for ligne in resultat["lignes"]] == codes
    assert dits[0] == "Enregistrer par le web…"


def test_a_wrong_number_of_slices_is_told() -> None:
    resultat = sne("bench", "--tranches", "beaucoup")
    assert resultat.code == 2
    assert "par exemple 5x4" in resultat.erreur


def test_sizes_that_do_not_compare_are_told() -> None:
    for tailles in ("beaucoup", "50", "1000/1000", "1000/2000"):
        resultat = sne("bench", "--taille", tailles)
        assert resultat.code == 2
        assert "par exemple 1000000/100000" in resultat.erreur
