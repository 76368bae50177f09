"""The indicator that managers decided on in 2024, as asked, and what following it or the funnel costs. Pure.

Beside the funnel because of its price: half the counters are above a mean, and large ones always are.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sne.suivi.rules.entonnoir import Comptage


@dataclass(frozen=True, slots=True)
class Indicateur:
    """What it says of one counter: more changes than a counter has on average, more of them for its volume."""

    au_dessus: bool
    hors_volume: bool

    @property
    def alerte(self) -> bool:
        return self.au_dessus or self.hors_volume


@dataclass(frozen=True, slots=True)
class Cout:
    """What acting on an indicator makes a manager open in the quarter: counters, and the files changed there."""

    guichets: int
    dossiers: int


def indiquer(comptages: Sequence[Comptage], *, facteur: float) -> dict[str, Indicateur]:
    """By counter. ``facteur``: how many times the territory's own share of changes is out of line with volume."""
    actifs = [c for c in comptages if c.volume]
    if not actifs:
        return {}
    total = sum(c.observes for c in actifs)
    moyenne, taux = total / len(actifs), total / sum(c.volume for c in actifs)
    return {
        c.guichet: Indicateur(
            au_dessus=c.observes > moyenne, hors_volume=c.observes > facteur * taux * c.volume
        )
        for c in actifs
    }


def chiffrer(guichets: Collection[str], comptages: Sequence[Comptage]) -> Cout:
    """The cost of looking at these counters; a file changed twice counts twice."""
    return Cout(len(guichets), sum(c.observes for c in comptages if c.guichet in guichets))
