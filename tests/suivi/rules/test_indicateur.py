"""The indicator decided on: above a mean, out of line with volume, and what it costs."""

from sne.suivi.rules.entonnoir import Comptage
from sne.suivi.rules.indicateur import Cout, Indicateur, chiffrer, indiquer

COMPTAGES = [
    Comptage("GRAND", 1000, 10),
    Comptage("PETIT", 100, 4),
    Comptage("CALME", 900, 1),
    Comptage("VIDE", 0, 0),
]


def test_both_criteria() -> None:
    assert indiquer(COMPTAGES, facteur=2.0) == {
        "GRAND": Indicateur(au_dessus=True, hors_volume=False),
        "PETIT": Indicateur(au_dessus=False, hors_volume=True),
        "CALME": Indicateur(au_dessus=False, hors_volume=False),
    }
    assert [i.alerte for i in indiquer(COMPTAGES, facteur=2.0).values()] == [True, True, False]


def test_nobody_did_anything() -> None:
    assert indiquer([Comptage("VIDE", 0, 0)], facteur=2.0) == {}


def test_cost() -> None:
    assert chiffrer(["GRAND", "PETIT"], COMPTAGES) == Cout(2, 14)
    assert chiffrer([], COMPTAGES) == Cout(0, 0)
