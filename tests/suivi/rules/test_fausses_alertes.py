"""The published budget of false alarms, and the power against one dishonest counter: ``docs/suivi.md`` says both.

Simulated from end to end by the rule itself: taking the correction for many counters out of it makes this fail.
"""

import re
from pathlib import Path

import numpy as np
import pytest

from sne.referentiels.rules import parametres_par_defaut
from sne.suivi.rules.entonnoir import Comptage, ReglesEntonnoir, calibrer, dresser
from tests.suivi.rules.monde import LE, nation

REGLES = ReglesEntonnoir.depuis(parametres_par_defaut(LE))
PAGE = (Path(__file__).parents[3] / "docs" / "suivi.md").read_text()
TERRITOIRES = 60


def publie(libelle: str) -> float:
    """A figure of the page, in per cent or bare."""
    trouve = re.search(rf"\| {re.escape(libelle)} \| ([0-9.]+)( %)? \|", PAGE)
    assert trouve, libelle
    return float(trouve[1]) / (100 if trouve[2] else 1)


@pytest.mark.parametrize("dispersion", [0.0, 0.15, 0.3])
def test_honest_counters_are_signalled_within_the_budget(dispersion: float) -> None:
    alea = np.random.default_rng(20261124)
    signales, seuls = [], []
    for _ in range(4):
        comptages = nation(alea, territoires=TERRITOIRES, dispersion=dispersion)
        calibrage = calibrer(comptages, REGLES)
        for territoire, siens in comptages.items():
            entonnoir = dresser(siens, calibrage, REGLES, territoire=territoire)
            signales.append(len(entonnoir.signales))
            seuls.append(sum(p.chance <= REGLES.niveau for p in entonnoir.points))
    assert np.mean([nombre > 0 for nombre in signales]) <= publie(
        "quarters of a territory with a false alarm"
    )
    assert np.mean(signales) <= publie("counters signalled wrongly, in a quarter of a territory")
    # The same chances, each judged alone, would spend it many times over: the test can tell.
    assert np.mean([nombre > 0 for nombre in seuls]) > 0.9


@pytest.mark.parametrize("ajout", [8, 16, 24])
def test_a_dishonest_counter_is_seen_as_often_as_published(ajout: int) -> None:
    """One counter of 300 files in each territory changes so many names more than it should."""
    alea = np.random.default_rng(7)
    vus = []
    for _ in range(2):
        comptages = nation(alea, territoires=TERRITOIRES, dispersion=0.15)
        for siens in comptages.values():
            siens[0] = Comptage("G00", 300, int(alea.poisson(2.8)) + ajout)
        calibrage = calibrer(comptages, REGLES)
        for territoire, siens in comptages.items():
            entonnoir = dresser(siens, calibrage, REGLES, territoire=territoire)
            vus.append("G00" in {p.guichet for p in entonnoir.signales})
    assert np.mean(vus) == pytest.approx(publie(f"{ajout} more names at a counter of 300 files"), abs=0.1)


def test_the_level_published_is_the_one_in_force() -> None:
    assert publie("quarters of a territory with a false alarm") == REGLES.niveau
