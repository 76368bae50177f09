"""The funnel: what is expected of a counter, who is signalled, what is said of it; the ends of every scale."""

from dataclasses import replace

import numpy as np
import pytest

from sne.referentiels.rules import parametres_par_defaut
from sne.suivi.rules import entonnoir_calcul
from sne.suivi.rules.entonnoir import (
    Calibrage,
    Comptage,
    Entonnoir,
    Point,
    Position,
    ReglesEntonnoir,
    calibrer,
    dresser,
    expliquer,
    limites,
)
from sne.suivi.rules.entonnoir_calcul import ajuster, bornes, depassements, reunir
from tests.suivi.rules.monde import LE

REGLES = ReglesEntonnoir.depuis(parametres_par_defaut(LE))
ORDINAIRES = [Comptage(f"G{rang:04}", 300, 3 + rang % 2 * 2 - 1) for rang in range(40)]


def juger(comptages: list[Comptage], **options: object) -> Entonnoir:
    regles = replace(REGLES, **options)  # type: ignore[arg-type]
    return dresser(comptages, calibrer({"099": comptages}, regles), regles, territoire="099")


def point(entonnoir: Entonnoir, guichet: str) -> Point:
    return next(p for p in entonnoir.points if p.guichet == guichet)


def test_who_stands_out_is_first_and_alone() -> None:
    entonnoir = juger([*ORDINAIRES, Comptage("G1010", 325, 17)])
    assert [p.guichet for p in entonnoir.signales] == ["G1010"]
    premier = entonnoir.points[0]
    assert premier.position is Position.SIGNALEE
    assert 3 < premier.attendus < 4
    assert premier.exterieure[1] < 17
    assert {p.position for p in entonnoir.points[1:]} == {Position.ATTENDUE}


def test_a_large_counter_is_not_named_for_being_large() -> None:
    grand = Comptage("G2000", 6000, 62)
    entonnoir = juger([*ORDINAIRES, grand])
    assert entonnoir.signales == ()
    assert point(entonnoir, "G2000").pour_mille < 11


def test_high_without_alert_and_low() -> None:
    entonnoir = juger([*ORDINAIRES, Comptage("HAUT", 2000, 33), Comptage("BAS", 2000, 5)])
    assert point(entonnoir, "HAUT").position is Position.HAUTE
    assert point(entonnoir, "BAS").position is Position.BASSE


def test_small_counters_are_one_point() -> None:
    petits = [Comptage(f"P{rang}", 20, 0) for rang in range(12)]
    entonnoir = juger([*ORDINAIRES, *petits])
    assert point(entonnoir, "").membres == tuple(f"P{rang}" for rang in range(12))
    assert point(entonnoir, "").traites == 240
    assert not any(p.guichet.startswith("P") for p in entonnoir.points)
    ensemble = juger([*ORDINAIRES, *(replace(p, observes=2) for p in petits)])
    assert [p.guichet for p in ensemble.signales] == [""]
    assert expliquer(ensemble.points[0]).startswith(
        "Pour 12\u00a0petits guichets réunis, 24\u00a0changements"
    )


def test_a_sum_of_counters_differs_less_than_each() -> None:
    assert reunir(np.array([2.0, 2.0]), 0.3) == pytest.approx(0.15)
    assert reunir(np.zeros(2), 0.3) == 0


def test_nothing_handled_nothing_changed_nothing_at_all() -> None:
    assert juger([]).points == ()
    assert juger([Comptage("G0001", 0, 0)]).points == ()
    calmes = juger([replace(c, observes=0) for c in ORDINAIRES])
    assert (calmes.taux, calmes.dispersion, calmes.signales) == (0, 0, ())
    assert {(p.chance, p.exterieure) for p in calmes.points} == {(1.0, (0, 0))}
    assert Point("G", ("G",), 0, 0, 0.0, (0, 0), (0, 0), 1.0, signale=False).pour_mille == 0


def test_a_changed_file_was_handled() -> None:
    """Whatever the count of those handled says; a count of none would make any change impossible."""
    entonnoir = juger([*ORDINAIRES, Comptage("G1010", 0, 60)])
    assert point(entonnoir, "G1010").traites == 60


def test_one_counter_alone_has_nobody_to_differ_from() -> None:
    entonnoir = juger([Comptage("G0001", 300, 25)])
    assert (entonnoir.signales, entonnoir.dispersion, entonnoir.local) == ((), 0.0, False)


def test_few_counters_are_held_to_the_rate_of_the_nation() -> None:
    ailleurs = {"099": [Comptage("G0001", 300, 25), Comptage("G0002", 300, 3)], "02A": ORDINAIRES}
    calibrage = calibrer(ailleurs, REGLES)
    entonnoir = dresser(ailleurs["099"], calibrage, REGLES, territoire="099")
    assert (entonnoir.local, entonnoir.taux) == (False, calibrage.national)
    assert [p.guichet for p in entonnoir.signales] == ["G0001"]
    assert dresser(ORDINAIRES, calibrage, REGLES, territoire="02A").local


def test_counters_that_differ_by_chance_alone_follow_poisson() -> None:
    entonnoir = juger(ORDINAIRES)
    assert entonnoir.dispersion == 0
    (p, *_) = entonnoir.points
    assert p.chance == pytest.approx(1 - sum(np.exp(-3) * 3**k / f for k, f in enumerate((1, 1, 2, 6))))


def test_counters_that_differ_more_go_further() -> None:
    disperses = [replace(c, observes=9 if rang % 4 == 0 else 1) for rang, c in enumerate(ORDINAIRES)]
    entonnoir = juger(disperses)
    assert entonnoir.dispersion > 0.5
    assert point(entonnoir, "G0000").exterieure[1] > point(juger(ORDINAIRES), "G0000").exterieure[1]


def test_one_dishonest_counter_does_not_move_what_is_expected_of_the_others() -> None:
    sans, avec = juger(ORDINAIRES), juger([*ORDINAIRES, Comptage("G1010", 325, 300)])
    assert avec.taux < 1.15 * sans.taux
    assert avec.dispersion < 0.2


def test_a_fit_that_no_counter_measures_is_poisson() -> None:
    un = np.ones(3)
    groupes = np.zeros(3, dtype=np.int64)
    ajuste = ajuster(un, 10 * un, groupes, mesures=np.zeros(3, dtype=np.bool_), plafond=0.995)
    assert (ajuste.taux.tolist(), ajuste.dispersion) == ([0.1], 0.0)


def test_a_fit_that_does_not_settle_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entonnoir_calcul, "TOURS_MAX", 1)
    un_tour = juger([*ORDINAIRES, Comptage("G1010", 325, 300)])
    assert un_tour.taux > 0.01


def test_chances_and_limits_agree() -> None:
    attendus, dispersions = np.array([3.0, 3.0, 50.0]), np.array([0.0, 0.2, 0.2])
    bas, haut = bornes(0.95, attendus, dispersions)
    assert (depassements(haut + 1, attendus, dispersions) <= 0.025).all()
    assert (depassements(haut, attendus, dispersions) > 0.025).all()
    assert (bas <= attendus).all()


def test_curves_are_inside_one_another_and_reach_what_is_judged() -> None:
    entonnoir = juger([*ORDINAIRES, Comptage("G1010", 325, 17)])
    courbes = limites([50, 300, 2000], entonnoir, REGLES)
    for courbe in courbes:
        assert courbe.exterieure[0] <= courbe.interieure[0] <= courbe.interieure[1] <= courbe.exterieure[1]
    assert courbes[1].exterieure[1] == pytest.approx(point(entonnoir, "G0000").exterieure[1], abs=1)


def test_only_some_counters() -> None:
    entonnoir = juger([*ORDINAIRES, Comptage("P1", 10, 0)]).parmi(["G0001", "P1"])
    assert [p.guichet for p in entonnoir.points] == ["G0001"]


@pytest.mark.parametrize(
    ("chance", "attendus", "phrase"),
    [
        (0.00042, 3.04, "quand 3,0 étaient attendus\u00a0: un guichet ordinaire qui en traite autant "
         "n’atteint ce nombre qu’une fois sur 2\u00a0400."),
        (0.00002, 1.2, "quand 1,2 était attendu\u00a0: un guichet ordinaire qui en traite autant "
         "n’atteint ce nombre que moins d’une fois sur 10\u00a0000."),
        (0.3, 3.0, "n’atteint ce nombre qu’une fois sur 3."),
        (0.8, 3.0, "un guichet ordinaire qui en traite autant atteint ce nombre plus d’une fois sur deux."),
    ],
)  # fmt: skip
def test_one_sentence(chance: float, attendus: float, phrase: str) -> None:
    dit = expliquer(Point("G1010", ("G1010",), 1325, 17, attendus, (0, 7), (0, 11), chance, signale=True))
    assert dit.startswith("17\u00a0changements de nom de naissance pour 1\u00a0325\u00a0dossiers traités, ")
    assert dit.endswith(phrase)


def test_one_of_each() -> None:
    dit = expliquer(Point("G1", ("G1",), 1, 1, 0.1, (0, 1), (0, 2), 0.1, signale=False))
    assert dit.startswith(
        "1\u00a0changement de nom de naissance pour 1\u00a0dossier traité, quand 0,1 était attendu"
    )


def test_no_territory_is_calm_everywhere() -> None:
    assert calibrer({"099": []}, REGLES) == Calibrage({}, 0.0, 0.0)
