"""The line of a counter: its rate beside its territory's, and when it is flagged."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sne.referentiels.rules.parametres import parametres_par_defaut
from sne.suivi.rules.activite import Activite
from sne.suivi.rules.recapitulatif import LigneRecapitulatif, SeuilsAlerte, recapituler

NOVEMBRE, OCTOBRE = date(2026, 11, 1), date(2026, 10, 1)
SEUILS = SeuilsAlerte.depuis(parametres_par_defaut(NOVEMBRE))


def activite(guichet: str = "G0993", **autres: Any) -> Activite:
    return Activite("099", guichet, **{"mois": NOVEMBRE} | autres)


def lignes(*activites: Activite, seuils: SeuilsAlerte = SEUILS) -> list[LigneRecapitulatif]:
    return recapituler(activites, {}, seuils={NOVEMBRE: seuils, OCTOBRE: seuils})


def test_the_thresholds_are_the_dated_ones() -> None:
    assert SEUILS == SeuilsAlerte(nombre=5, rapport=2.0, hasard=0.01)


@pytest.mark.decision("D-2024-03")
def test_a_rate_is_for_a_thousand_and_beside_that_of_the_territory_and_month() -> None:
    un, autre, avant = lignes(
        activite(traitees=500, naissance_mineure=4, naissance_majeure=6, naissance_cosmetique=9),
        activite("G0994", traitees=1_500, naissance_majeure=10),
        activite(mois=OCTOBRE, traitees=10, naissance_majeure=1),
    )
    assert (un.taux, un.taux_territoire, un.rapport) == (20.0, 10.0, 2.0)
    assert autre.rapport == pytest.approx(2 / 3)
    assert (avant.taux_territoire, avant.rapport) == (100.0, 1.0)


def test_nothing_to_divide_is_no_rate() -> None:
    [seule] = lignes(activite(naissance_majeure=1))
    assert (seule.taux, seule.taux_territoire, seule.rapport, seule.alerte) == (None, None, None, False)
    [calme] = lignes(activite(traitees=10))
    assert (calme.taux, calme.taux_territoire, calme.rapport) == (0.0, 0.0, None)
    assert (calme.part_anciennes, calme.part_sans_piece) == (None, None)


def test_shares_are_of_the_changes_that_count() -> None:
    [lue] = lignes(activite(traitees=10, naissance_majeure=4, sur_anciennes=3, sans_piece=1))
    assert (lue.part_anciennes, lue.part_sans_piece) == (0.75, 0.25)


@pytest.mark.parametrize(
    ("nombre", "traitees", "hasard", "alerte"),
    [
        (4, 40, 0.001, False),  # too few, whatever the rest
        (5, 100, 0.5, True),  # five times the rate
        (5, 500, 0.5, False),  # the rate itself
        (20, 1_000, 0.009, True),  # twice the rate, not above, but chance does not give it
        (20, 1_000, 0.01, False),  # neither, at the very bounds
        (20, 1_000, None, False),
    ],
)
def test_enough_changes_and_either_criterion_flag_a_counter(
    nombre: int, traitees: int, hasard: float | None, alerte: bool
) -> None:
    """The rest of the territory brings it to 10 for 1 000."""
    reste = activite("G0999", traitees=100_000 - traitees, naissance_majeure=1_000 - nombre)
    lue = lignes(activite(naissance_majeure=nombre, traitees=traitees, hasard=hasard), reste)[0]
    assert lue.taux_territoire == 10.0
    assert lue.alerte is alerte


def test_the_counter_is_named_when_it_is_known() -> None:
    fiche = object()
    lue = recapituler([activite()], {("099", "G0993"): fiche}, seuils={NOVEMBRE: SEUILS})[0]  # type: ignore[dict-item]
    assert lue.fiche is fiche
    assert replace(lue, fiche=None) == lignes(activite())[0]
