"""The figures of the funnel: rate, dispersion, chances, limits. The one file that loads numpy and scipy. Pure.

Imported by :mod:`sne.suivi.rules.entonnoir` when a funnel is drawn: a worker that draws none does not hold them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Reels = NDArray[np.float64]
Entiers = NDArray[np.int64]
Booleens = NDArray[np.bool_]

TOURS_MAX = 30  # rounds of the fit; a handful is enough
POISSON_SOUS = 1e-9  # a smaller dispersion is none


@dataclass(frozen=True, slots=True)
class Ajustement:
    """Changes for one file handled, by group, and how much honest counters differ beyond chance (0: Poisson)."""

    taux: Reels
    dispersion: float


def ajuster(
    observes: Reels, traites: Reels, groupes: Entiers, *, mesures: Booleens, plafond: float
) -> Ajustement:
    """Fit a rate for each group and one dispersion for all, each counter counting at most up to its own limit.

    ``groupes``: rank of the territory of each counter, from 0, none without files. ``mesures``: counters that the
    dispersion is taken from.
    ``plafond``: share of ordinary counters below the limit. A count above it weighs as the limit does, so somebody who
    changes a hundred names moves neither what is expected of the others nor how far they may go; the limit follows
    from the fit, and the fit from the limit, until they agree. It starts from the narrowest one, chance alone: starting
    wide, a count large enough would widen the limit until it is ordinary.
    """
    taux = np.bincount(groupes, observes) / np.bincount(groupes, traites)
    ajuste, retenus = Ajustement(taux, 0.0), observes
    for _ in range(TOURS_MAX):
        attendus = ajuste.taux[groupes] * traites
        limites = quantiles(plafond, attendus, np.full(attendus.shape, ajuste.dispersion))
        nouveaux = np.minimum(observes, limites)
        stable, retenus = np.array_equal(nouveaux, retenus), nouveaux
        ajuste = _ajuster(retenus, traites, groupes, mesures)
        if stable:
            break
    return ajuste


def _ajuster(observes: Reels, traites: Reels, groupes: Entiers, mesures: Booleens) -> Ajustement:
    """Rates are totals; the dispersion is by moments: what Pearson's sum has too much, for one change expected."""
    volumes = np.bincount(groupes, traites)
    taux = np.bincount(groupes, observes) / volumes
    attendus = taux[groupes] * traites
    poids = traites / volumes[groupes]  # leverage: what each weighs in its own rate
    utiles = mesures & (attendus > 0) & (poids < 1)
    if not utiles.any():
        return Ajustement(taux, 0.0)
    vus, prevus, libres = observes[utiles], attendus[utiles], 1 - poids[utiles]
    pearson = np.sum((vus - prevus) ** 2 / prevus)
    return Ajustement(taux, max(0.0, float((pearson - np.sum(libres)) / np.sum(prevus * libres))))


def depassements(observes: Reels, attendus: Reels, dispersions: Reels) -> Reels:
    """Chance that an ordinary counter has as many changes or more, for each: negative binomial, or Poisson."""
    chances = np.where(observes > 0, 0.0, 1.0)  # where nothing is expected
    disperses, simples = _lois(attendus, dispersions)
    chances[disperses] = stats.nbinom.sf(
        observes[disperses] - 1, *_forme(attendus[disperses], dispersions[disperses])
    )
    chances[simples] = stats.poisson.sf(observes[simples] - 1, attendus[simples])
    return chances


def quantiles(part: float, attendus: Reels, dispersions: Reels) -> Reels:
    """The smallest count that this share of ordinary counters does not exceed, for each."""
    nombres = np.zeros(attendus.shape)
    disperses, simples = _lois(attendus, dispersions)
    nombres[disperses] = stats.nbinom.ppf(part, *_forme(attendus[disperses], dispersions[disperses]))
    nombres[simples] = stats.poisson.ppf(part, attendus[simples])
    return nombres


def lisser(part: float, attendus: Reels, dispersions: Reels) -> Reels:
    """The same between two counts, so that a curve has no steps; what is judged and written is :func:`quantiles`."""
    nombres = quantiles(part, attendus, dispersions)
    jusque = 1 - depassements(nombres + 1, attendus, dispersions)
    avant = 1 - depassements(nombres, attendus, dispersions)
    return np.maximum(0.0, nombres - (jusque - part) / np.maximum(jusque - avant, np.finfo(float).tiny))


def bornes(part: float, attendus: Reels, dispersions: Reels) -> tuple[Reels, Reels]:
    """Least and most changes of this share of ordinary counters, the rest being shared out on both sides."""
    reste = (1 - part) / 2
    return quantiles(reste, attendus, dispersions), quantiles(1 - reste, attendus, dispersions)


def retenir(chances: Reels, niveau: float) -> Booleens:
    """Which are too unlikely among so many (Benjamini-Hochberg): of those, a share ``niveau`` at most is honest."""
    if not chances.size:
        return np.zeros(0, dtype=np.bool_)
    return np.asarray(stats.false_discovery_control(chances) <= niveau)


def reunir(attendus: Reels, dispersion: float) -> float:
    """Dispersion of a sum of counters that differ each on its own side."""
    total = float(attendus.sum())
    return dispersion * float(np.sum(attendus**2)) / total**2 if total else 0.0


def _lois(attendus: Reels, dispersions: Reels) -> tuple[Booleens, Booleens]:
    disperses = (attendus > 0) & (dispersions > POISSON_SOUS)
    return disperses, (attendus > 0) & ~disperses


def _forme(attendus: Reels, dispersions: Reels) -> tuple[Reels, Reels]:
    """Parameters of scipy: variance = expected + dispersion × expected²."""
    return 1 / dispersions, 1 / (1 + dispersions * attendus)
