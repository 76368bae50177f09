"""The report for a person, and a folder that is not to be written over."""

from pathlib import Path

from sne.simulation.tableau import lignes
from tests.cli.commandes import sne

RAPPORT = {
    "demandes": 3,
    "etats": {"ACTIVE": 2, "RADIEE": 1},
    "transitions": {"DEPOSER": 3},
    "refus": {"RADIER": {"INTERDIT": 4}},
    "passages": {"complets": 365},
    "violations": 0,
    "non_comptees": 1,
    "secondes": 2.5,
}


def test_each_figure_has_its_line() -> None:
    assert lignes(RAPPORT) == [
        ("Demandes", 3),
        ("État ACTIVE", 2),
        ("État RADIEE", 1),
        ("Acte DEPOSER", 3),
        ("Refusé RADIER (INTERDIT)", 4),
        ("Passages de l’horloge complets", 365),
        ("Règles enfreintes", 0),
        ("Demandes non comptées", 1),
        ("Secondes", 2.5),
    ]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    fichier = tmp_path / "notes.txt"
    fichier.write_text("à garder")
    for place in (tmp_path, fichier):
        resultat = sne("simuler", "--annees", "1", "--taille", "1", "--garder", str(place))
        assert resultat.code == 1
        assert "n’est pas vide" in resultat.erreur
    assert fichier.read_text() == "à garder"
