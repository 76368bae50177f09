"""Quantiles, ratios and verdicts."""

import pytest

from sne.bench.rules import (
    Cible,
    Ligne,
    Sens,
    Tranche,
    au_plus,
    debit_median,
    erreur,
    fusionner,
    latence_mediane,
    p95,
    quantile,
    rapport,
)


@pytest.mark.parametrize(("part", "attendu"), [(0.95, 95), (0.5, 50), (1.0, 100), (0.001, 1)])
def test_quantile_is_one_of_the_values(part: float, attendu: float) -> None:
    assert quantile(list(range(100, 0, -1)), part) == attendu


def test_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no value"):
        quantile([], 0.95)


def test_clients_side_by_side_add_up_but_for_their_time() -> None:
    ensemble = fusionner([Tranche(10, 2.0, (1.0,), 0.5), Tranche(30, 2.5, (3.0, 2.0), 1.0)])
    assert ensemble == Tranche(40, 2.5, (1.0, 3.0, 2.0), 1.5)
    assert ensemble.debit == 16.0


def test_slices_are_judged_by_their_median() -> None:
    tranches = [Tranche(10, 1.0, (1.0, 9.0)), Tranche(90, 1.0, (2.0,)), Tranche(20, 1.0, (3.0,))]
    assert debit_median(tranches) == 20
    assert latence_mediane(tranches) == 2.5
    assert p95(tranches) == 9.0


def test_the_row_of_an_act_without_a_peer_is_its_p95_against_its_limit() -> None:
    ligne = au_plus("x", "Une page", [Tranche(3, 1.0, (1.0, 2.0, 9.0))], 6, decimales=1)
    assert (ligne.mesure, ligne.limite, ligne.verdict) == ("2.0 ms, p95 9.0 ms", "6 ms p95", "MISSED")
    assert (ligne.valeur, ligne.rapport) == (9.0, 1.5)


def test_a_slow_moment_that_touches_both_sides_changes_no_ratio() -> None:
    assert rapport([40, 4, 40], [100, 10, 100]) == pytest.approx(0.4)


def test_a_ratio_is_to_the_peer_that_is_shown_else_to_the_target() -> None:
    assert Ligne("x", "x", "x", "x", 7.0, "s", Cible(Sens.AU_PLUS, 5)).rapport == 1.4
    assert Ligne("x", "x", "x", "x", 7.0, "s", Cible(Sens.AU_PLUS, 5), contre=3.0).rapport == 3.0
    assert Ligne("x", "x", "x", "x", 0.99, "recall", Cible(Sens.AU_MOINS, 0.98)).rapport == 0.99


def test_the_error_of_one_slice_is_the_slice_itself() -> None:
    assert erreur([4.0]) == 4.0
    assert erreur([1.0, 3.0]) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("sens", "valeur", "atteinte"),
    [
        (Sens.AU_MOINS, 0.40, True),
        (Sens.AU_MOINS, 0.39, False),
        (Sens.AU_PLUS, 0.40, True),
        (Sens.AU_PLUS, 0.41, False),
    ],
)
def test_verdict(sens: Sens, valeur: float, atteinte: bool) -> None:
    ligne = Ligne("x", "x", "x", "x", valeur, "×", Cible(sens, 0.40))
    assert ligne.atteinte is atteinte
    assert ligne.verdict == ("met" if atteinte else "MISSED")
