"""An invented nation of honest counters, of every size, that differ from one another beyond chance; seeded."""

from datetime import date

import numpy as np

from sne.suivi.rules.entonnoir import Comptage

LE = date(2026, 11, 24)
TAUX = 0.0092  # changes for one file handled
GUICHETS = 40  # of each territory


def nation(alea: np.random.Generator, *, territoires: int, dispersion: float) -> dict[str, list[Comptage]]:
    """One quarter. Volumes run from a few files to thousands, rates from a territory to another by a third or so."""
    volumes = np.exp(alea.normal(np.log(250), 1.0, (territoires, GUICHETS))).clip(1, 4000).astype(int)
    taux = TAUX * np.exp(alea.normal(0, 0.3, (territoires, 1)))
    penchant = alea.gamma(1 / dispersion, dispersion, volumes.shape) if dispersion else np.ones(volumes.shape)
    observes = alea.poisson(taux * volumes * penchant)
    return {
        f"{t:03}": [
            Comptage(f"G{g:02}", traites, changes)
            for g, (traites, changes) in enumerate(
                zip(volumes[t].tolist(), observes[t].tolist(), strict=True)
            )
        ]
        for t in range(territoires)
    }
