"""Keys of SIREN and SIRET, without asking anybody; La Poste numbers its establishments otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.connecteurs.entreprises.rules.numeros import Faute, faute, lire_numero


@pytest.mark.parametrize(
    "numero",
    [
        "999000003",
        "99900000300015",
        "356000000",
        "35600000000048",  # its head office follows the ordinary key
        "35600000049837",  # an establishment: the sum of its digits is a multiple of five
    ],
)
def test_right(numero: str) -> None:
    assert faute(numero) is None


@pytest.mark.parametrize(
    ("numero", "attendue"),
    [
        ("", Faute.VIDE),
        ("99900000A", Faute.SIGNES),
        ("٩٩٩٠٠٠٠٠٣", Faute.SIGNES),
        ("99900000", Faute.LONGUEUR),
        ("9990000030001", Faute.LONGUEUR),
        ("999000004", Faute.CLE),
        ("99900000300016", Faute.CLE),
        ("99900000400015", Faute.CLE_DU_SIREN),
        ("35600000049838", Faute.CLE),
    ],
)
def test_wrong(numero: str, attendue: Faute) -> None:
    assert faute(numero) is attendue


@pytest.mark.parametrize("typed", ["999 000 003", "999.000.003", "999\u00a0000\u202f003 ", "999-000-003"])
def test_as_it_is_typed(typed: str) -> None:
    assert faute(lire_numero(typed)) is None


@given(st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(rang: int, ecart: int) -> None:
    chiffres = [int(c) for c in "999000003"]
    chiffres[rang] = (chiffres[rang] + ecart) % 10
    assert faute("".join(map(str, chiffres))) is Faute.CLE
