"""Working days: weekends, fixed and moving holidays, one after the other."""

from datetime import date

import pytest

from sne.registre.demande.rules.dates import ajouter, compter, est_ouvre

VENDREDI = date(2026, 11, 20)
FERIES_2027 = (
    "2027-01-01", "2027-03-29", "2027-05-01", "2027-05-06", "2027-05-08", "2027-05-17", "2027-07-14", "2027-08-15",
    "2027-11-01", "2027-11-11", "2027-12-25",
)  # fmt: skip
"""Code du travail, L3133-1, with Easter on 28 March 2027."""


def test_the_holidays_of_a_year_and_no_other() -> None:
    jours = [date.fromordinal(date(2027, 1, 1).toordinal() + n) for n in range(365)]
    chomes = [jour.isoformat() for jour in jours if jour.weekday() < 5 and not est_ouvre(jour)]
    assert chomes == [j for j in FERIES_2027 if date.fromisoformat(j).weekday() < 5]
    assert not any(est_ouvre(jour) for jour in jours if jour.weekday() >= 5)


@pytest.mark.parametrize(
    ("jour", "nombre", "attendu"),
    [
        ("2026-11-24", 0, "2026-11-24"),
        ("2026-11-24", 2, "2026-11-26"),
        ("2026-11-27", 1, "2026-11-30"),
        ("2026-11-28", 2, "2026-12-01"),
        ("2026-12-24", 1, "2026-12-28"),
        ("2027-03-26", 2, "2027-03-31"),
    ],
)
def test_so_many_working_days_later(jour: str, nombre: int, attendu: str) -> None:
    assert ajouter(date.fromisoformat(jour), nombre) == date.fromisoformat(attendu)


@pytest.mark.parametrize(
    ("depuis", "le", "jours"),
    [
        (VENDREDI, VENDREDI, 0),
        (VENDREDI, date(2026, 11, 22), 0),  # Sunday
        (VENDREDI, date(2026, 11, 23), 1),
        (date(2026, 12, 24), date(2026, 12, 28), 1),  # Christmas and a weekend
        (date(2026, 12, 31), date(2027, 1, 4), 1),  # New Year, over two years
        (date(2026, 4, 3), date(2026, 4, 7), 1),  # Easter Monday
        (date(2026, 5, 13), date(2026, 5, 15), 1),  # Ascension Day
    ],
)
def test_working_days_between(depuis: date, le: date, jours: int) -> None:
    assert compter(depuis, le) == jours
