"""The bucket that slows down who asks for too many checks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.socle.debit import Debit, Seau, puiser, reseau_de

DEBIT = Debit(rafale=20, secondes=3)


def test_first_checks_pass_then_one_must_wait_and_says_how_long() -> None:
    seau: Seau | None = None
    for _ in range(DEBIT.rafale):
        seau, attente = puiser(seau, 1000.0, DEBIT)
        assert attente == 0
    seau, attente = puiser(seau, 1000.0, DEBIT)
    assert attente == DEBIT.secondes
    seau, attente = puiser(seau, 1000.0 + attente, DEBIT)
    assert attente == 0


def test_a_refused_check_costs_nothing() -> None:
    vide = Seau(0.5, 1000.0)
    apres, attente = puiser(vide, 1000.0, DEBIT)
    assert apres == vide
    assert attente == pytest.approx(DEBIT.secondes / 2)


@given(pas=st.lists(st.floats(min_value=0, max_value=600), max_size=60))
def test_never_more_than_the_burst_and_the_rate(pas: list[float]) -> None:
    seau: Seau | None = None
    instant, accordees = 0.0, 0
    for duree in pas:
        instant += duree
        seau, attente = puiser(seau, instant, DEBIT)
        accordees += attente == 0
    assert accordees <= DEBIT.rafale + sum(pas) / DEBIT.secondes + 1


def test_a_clock_that_goes_back_gives_nothing() -> None:
    apres, attente = puiser(Seau(0.0, 1000.0), 10.0, DEBIT)
    assert apres.reste == 0
    assert attente > 0


@pytest.mark.parametrize(
    ("adresse", "reseau"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("inconnue", ""),
    ],
)
def test_one_asker_is_an_ipv4_address_or_an_ipv6_network(adresse: str, reseau: str) -> None:
    assert reseau_de(adresse) == reseau
