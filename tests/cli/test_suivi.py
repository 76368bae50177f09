"""``sne suivi``: the activity of counters computed from the month asked for, as an operator would."""

import pytest
import time_machine

from tests.cli.commandes import sne
from tests.registre import factories as f


@pytest.fixture(autouse=True)
def _ici(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's process holds its database already: the command must not look for another."""
    monkeypatch.setattr("sne.cli.commandes.suivi.charger_django", lambda: None)


@pytest.mark.django_db
@time_machine.travel(f.MAINTENANT, tick=False)
def test_every_month_since_the_one_asked_for() -> None:
    f.deposer(le=f.ANCIEN)
    assert sne("suivi", "calculer", "--depuis", "2026-01", "--json").json == {"mois": ["2026-05-01"]}
    assert "aucun" in sne("suivi", "calculer").sortie


def test_a_month_is_four_digits_and_two() -> None:
    refus = sne("suivi", "calculer", "--depuis", "2026-13")
    assert refus.code == 2
    assert "Écrivez par exemple 2026-11" in refus.erreur
