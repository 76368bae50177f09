"""Notices that were not given in time: counted as long as they may be, of the days that no whole pass told alone."""

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from sne.registre.vie.models.horloge import PassageHorloge
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.registre.vie.selectors.preavis import count_sans_preavis
from sne.socle.identifiants import uuid7
from tests.registre.enquete.enquetes import figer
from tests.registre.vie.test_preavis import (
    EXPIRATION,
    LIMITE,
    OUVERTURE,
    SANS_ADRESSE,
    deposee,
    midi,
    passer_le,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("var")]


@pytest.mark.parametrize("autres", [{}, {"adresse_courrier": SANS_ADRESSE}])
def test_a_household_that_was_not_told_in_time_is_counted_until_it_is(autres: dict[str, Any]) -> None:
    """From the last day that the law leaves, as long as it is valid; given or impossible, it is told of, and counts no
    more.
    """
    deposee(**autres)
    fin = EXPIRATION - LIMITE
    jours = (timedelta(days=-1), timedelta(), timedelta(days=1), fin, fin + timedelta(days=1))
    assert [count_sans_preavis(le=LIMITE + n) for n in jours] == [0, 1, 1, 1, 0]
    passer_le(LIMITE + timedelta(days=3))
    assert [count_sans_preavis(le=LIMITE + n) for n in jours] == [0] * 5


def test_days_that_a_whole_pass_told_are_not_read_again() -> None:
    """Else a month of ends of validity would be, every fifteen seconds; that of today always is, passed or not."""
    deposee()
    hier = LIMITE + timedelta(days=1)

    def noter(jour: date, *, termine_le: datetime | None) -> None:
        PassageHorloge.objects.create(
            id=uuid7(),
            territoire="099",
            jour=jour,
            etape=EtapeHorloge.PREAVIS,
            commence_le=midi(jour),
            termine_le=termine_le,
        )

    noter(LIMITE - timedelta(days=1), termine_le=midi(LIMITE))
    noter(hier, termine_le=None)
    assert count_sans_preavis(le=hier + timedelta(days=1)) == 1, "a pass that was stopped proves nothing"
    noter(hier + timedelta(days=1), termine_le=midi(hier))
    assert count_sans_preavis(le=hier + timedelta(days=2)) == 0
    assert count_sans_preavis(le=LIMITE) == 1


def test_nobody_is_counted_where_there_is_no_territory(monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty geography asks of no household, not of every one of them."""
    deposee()
    vide = SimpleNamespace(territoires={})
    monkeypatch.setattr("sne.registre.vie.selectors.preavis.get_geographie", lambda: vide)
    assert count_sans_preavis(le=LIMITE) == 0


def test_frozen_household_is_not_counted_as_untold() -> None:
    figer(deposee().id, le=midi(OUVERTURE))
    assert count_sans_preavis(le=LIMITE) == 0
