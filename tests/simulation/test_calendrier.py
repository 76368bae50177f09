"""The simulated calendar: month ends, leap days, and everything that may happen to a daily clock."""

from datetime import date, timedelta
from random import Random

import pytest

from sne.simulation.calendrier import Moment, jours, passes, plus_mois, remarquables


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2015, 12, 31), 18, date(2017, 6, 30)),
        (date(2017, 1, 15), -1, date(2016, 12, 15)),
        (date(2016, 3, 31), -13, date(2015, 2, 28)),
    ],
)
def test_months_stop_at_the_end_of_the_month(jour: date, mois: int, attendu: date) -> None:
    assert plus_mois(jour, mois) == attendu


def test_twelve_years_hold_three_leap_days() -> None:
    tous = jours(12)
    assert len(tous) == 12 * 365 + 3
    assert [j for j in remarquables(12) if (j.month, j.day) == (2, 29)] == [
        date(2016, 2, 29),
        date(2020, 2, 29),
        date(2024, 2, 29),
    ]
    assert {date(2015, 2, 28), date(2015, 3, 1), date(2015, 4, 30)} <= set(remarquables(12))


def test_the_clock_meets_every_misfortune() -> None:
    plan = list(passes(12, Random(4)))
    assert [jour for jour, _ in plan] == jours(12)
    prevues = [(jour, p) for jour, du_jour in plan for p in du_jour]
    assert any(p.coupee_apres is not None for _, p in prevues)
    assert any(p.moment is Moment.SOIR and p.jour == jour for jour, p in prevues)
    assert any(p.jour < jour for jour, p in prevues)
    assert any(len(du_jour) == 2 and du_jour[0] == du_jour[1] for _, du_jour in plan)
    sans = [not du_jour for _, du_jour in plan]
    assert any(all(sans[n : n + 5]) for n in range(len(sans)))


def test_a_pass_bears_the_day_that_its_clock_shows() -> None:
    for jour, du_jour in passes(2, Random(4)):
        for passe in du_jour:
            assert passe.instant.date() == passe.jour
            assert jour - timedelta(days=3) <= passe.jour <= jour


def test_the_same_seed_gives_the_same_nights() -> None:
    assert list(passes(3, Random(9))) == list(passes(3, Random(9)))
    assert list(passes(3, Random(9))) != list(passes(3, Random(8)))
