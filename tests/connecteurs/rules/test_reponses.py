"""An answer and its absence are two types; each absence has its words; what is switched off is switched off there."""

import pytest

from sne.connecteurs.rules import DIT, NOMS_DES_SERVICES, Canal, Motif, Pour, SansReponse, Service, eteint

ICI = Pour("099", Canal.GUICHET)


@pytest.mark.parametrize("motif", Motif)
def test_each_absence_says_what_to_do(motif: Motif) -> None:
    assert "Continuez à la main" in SansReponse(motif).phrase


def test_each_has_its_words() -> None:
    assert set(DIT) == set(Motif)
    assert set(NOMS_DES_SERVICES) == set(Service)


@pytest.mark.parametrize(
    ("ligne", "attendu"),
    [
        ("BAN", True),
        ("*", True),
        ("DRM", False),
        ("BAN:099", True),
        ("BAN:02B", False),
        ("*:099:guichet", True),
        ("BAN:099:portail", False),
        ("BAN:*:guichet", True),
        ("BAN:*:portail", False),
    ],
)
def test_a_line_covers_what_it_says(ligne: str, attendu: bool) -> None:
    assert eteint(Service.BAN, pour=ICI, eteints=["DRM:02B", ligne]) is attendu


def test_nothing_is_off_by_default() -> None:
    assert not eteint(Service.BAN, pour=ICI, eteints=[])
