"""A simulated département: communes of very different sizes, in a few EPCI, by size of household."""

import random
from collections.abc import Mapping

from sne.infocentre.ouvert.rules.tables import Lieu, Table, composer

TAILLES = ("1", "2", "3", "4+")
POIDS = (45, 25, 15, 15)


def comptes(communes: int = 60, *, graine: int = 1) -> Mapping[tuple[str, str], int]:
    """(commune, size) → open demandes: many communes with a handful, a few with thousands."""
    hasard = random.Random(graine)
    lus = {}
    for rang in range(communes):
        volume = int(hasard.paretovariate(0.8) * 6)
        for taille, poids in zip(TAILLES, POIDS, strict=True):
            lus[f"98{rang:03d}", taille] = min(4000, int(volume * poids / 100 * hasard.uniform(0.5, 1.5)))
    return lus


def lieux(communes: int = 60, *, graine: int = 1) -> Mapping[str, Lieu]:
    hasard = random.Random(graine)
    return {
        f"98{rang:03d}": Lieu(f"98{rang:03d}", f"E{rang % 6}", "98", "R", hasard.choice([900, 2500, 12_000]))
        for rang in range(communes)
    }


def table(communes: int = 60, *, graine: int = 1, population_min: int = 0) -> Table:
    return composer(
        comptes(communes, graine=graine), lieux(communes, graine=graine), population_min=population_min
    )
