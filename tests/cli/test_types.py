"""What may be typed on the command line."""

import datetime as dt

import click
import pytest

from sne.cli.types import Instant

PARIS = Instant.paris


@pytest.mark.parametrize(
    ("saisie", "instant"),
    [
        ("2026-11-24T10:31", dt.datetime(2026, 11, 24, 10, 31, tzinfo=PARIS)),
        ("2026-11-24T10:31:07+00:00", dt.datetime(2026, 11, 24, 10, 31, 7, tzinfo=dt.UTC)),
        ("2026-11-24", dt.datetime(2026, 11, 24, 23, 59, 59, 999999, tzinfo=PARIS)),
    ],
)
def test_instant_is_paris_time_unless_said(saisie: str, instant: dt.datetime) -> None:
    assert Instant().convert(saisie, None, None) == instant


@pytest.mark.parametrize("saisie", ["24/11/2026", "demain", "2026-13-01", "2026-11-24T25:00"])
def test_unreadable_instant_is_refused(saisie: str) -> None:
    with pytest.raises(click.BadParameter, match="n’est pas un instant"):
        Instant().convert(saisie, None, None)
