"""Dated data by period: what is in force is built once between two changes, and never a day off."""

from datetime import date, timedelta

import pytest

from sne.referentiels.rules.periodes import Periode, par_periode

PERIODES = (
    Periode(None, date(2020, 3, 31)),
    Periode(date(2020, 4, 1), None),
    Periode(date(2024, 1, 1), date(2024, 12, 31)),
)


def en_cours(le: date) -> tuple[int, ...]:
    return tuple(rang for rang, periode in enumerate(PERIODES) if periode.contient(le))


@pytest.mark.parametrize(
    "borne", [date(2020, 3, 31), date(2020, 4, 1), date(2023, 12, 31), date(2024, 12, 31), date(1990, 1, 1)]
)
@pytest.mark.parametrize("decalage", [-1, 0, 1])
def test_every_side_of_a_change_says_what_its_own_day_says(borne: date, decalage: int) -> None:
    le = borne + timedelta(days=decalage)
    assert par_periode(PERIODES, en_cours)(le) == en_cours(le)


def test_days_between_two_changes_share_one_value() -> None:
    construits: list[date] = []
    du_jour = par_periode(PERIODES, lambda le: construits.append(le) or len(construits))
    valeurs = {du_jour(date(2024, 1, 1) + timedelta(days=rang)) for rang in range(366)}
    assert valeurs == {1}
    assert construits == [date(2024, 1, 1)]


def test_without_any_change_there_is_one_value() -> None:
    assert par_periode([Periode()], lambda le: le)(date(2026, 11, 24)) == date.min
