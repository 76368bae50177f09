"""Distance of two names: optimal string alignment on K, its bounds, the same both ways."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.registre.controle.rules.distance import Distance, mesurer, tolere

textes = st.text(st.sampled_from("ABCDEÉ -’Œ"), max_size=10)


@pytest.mark.parametrize(
    ("un", "autre", "lettres", "longueur"),
    [
        ("MARTIN", "MARTINEZ", 2, 8),
        ("MARTNI", "MARTIN", 1, 6),
        ("Dubreuil", "Morel", 5, 8),
        ("DUPONT MARTIN", "DUPONT-MARTIN", 0, 12),
        ("Œuvrard", "Oeuvrard", 0, 8),
        ("", "LY", 2, 2),
        ("", "", 0, 1),
        ("--", "-", 1, 1),
        ("é", "e\u0301", 0, 1),
    ],
)
def test_letters_out_of_the_longer_name(un: str, autre: str, lettres: int, longueur: int) -> None:
    assert mesurer(un, autre) == Distance(lettres, longueur)


@given(un=textes, autre=textes)
def test_distance_is_the_same_both_ways_and_never_more_than_the_name(un: str, autre: str) -> None:
    distance = mesurer(un, autre)
    assert distance == mesurer(autre, un)
    assert 0 <= distance.relative <= 1
    assert mesurer(un, un).lettres == 0


def test_both_bounds_hold() -> None:
    assert tolere(Distance(2, 8), lettres_max=2, relatif_max=0.25)
    assert not tolere(Distance(3, 12), lettres_max=2, relatif_max=0.25)
    assert not tolere(Distance(2, 7), lettres_max=2, relatif_max=0.25)
