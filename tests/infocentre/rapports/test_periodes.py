"""Whole months: the usual ones, those of an address, those that cannot be asked for."""

from datetime import date

import pytest

from sne.infocentre.rapports.rules.periodes import (
    Periode,
    fin_du_mois,
    lire_mois,
    periode_par_defaut,
    refuser,
)

LE = date(2024, 5, 2)
USUELLE = Periode(date(2023, 5, 1), date(2024, 4, 30))


def test_the_usual_period_is_the_twelve_full_months_before() -> None:
    assert periode_par_defaut(LE) == USUELLE
    assert USUELLE.mois == 12
    assert periode_par_defaut(date(2024, 3, 1)).au == date(2024, 2, 29)


def test_its_year_and_the_one_before() -> None:
    assert USUELLE.annee_entiere == Periode(date(2024, 1, 1), date(2024, 12, 31))
    assert Periode(date(2024, 2, 1), date(2024, 2, 29)).precedente == Periode(
        date(2023, 2, 1), date(2023, 2, 28)
    )
    assert fin_du_mois(date(2024, 12, 31)) == date(2024, 12, 31)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        ("2024-04", date(2024, 4, 1)),
        ("2024-13", None),
        ("2024-00", None),
        ("1999-01", None),
        ("2024-4", None),
        ("avril", None),
        ("20a4-04", None),
        ("", None),
    ],
)
def test_a_month_in_an_address(texte: str, attendu: date | None) -> None:
    assert lire_mois(texte) == attendu


@pytest.mark.parametrize(
    ("periode", "debut"),
    [
        (USUELLE, ""),
        (Periode(date(2024, 4, 1), date(2024, 3, 31)), "Le premier mois suit le dernier"),
        (Periode(date(2019, 4, 1), date(2024, 4, 30)), "Choisissez 60"),
        (Periode(date(2024, 5, 1), date(2024, 5, 31)), "Le dernier mois n’est pas fini"),
    ],
)
def test_what_may_be_asked_for(periode: Periode, debut: str) -> None:
    phrase = refuser(periode, LE)
    assert phrase.startswith(debut)
    assert bool(phrase) is bool(debut)
