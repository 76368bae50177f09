"""Limits of documents come from the dated parameters."""

from datetime import date, timedelta

import pytest

from sne.documents.rules import Delais, Limites
from sne.registre.selectors.documents import get_delais, get_limites

pytestmark = pytest.mark.django_db


def test_limits_are_those_of_the_day() -> None:
    assert get_limites(date(2026, 11, 24)) == Limites(octets=50_000_000, pages=150)
    assert get_delais(date(2026, 11, 24)) == Delais(timedelta(hours=2), timedelta(hours=24))
