"""Weighted draws, precomputed: what ``random.choices`` does, without summing the weights at each draw."""

from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate
from random import Random


class Urne[T]:
    """A bag of values; each comes out in proportion to its weight."""

    def __init__(self, pesees: Iterable[tuple[T, float]]) -> None:
        couples = [(valeur, poids) for valeur, poids in pesees if poids > 0]
        if not couples:
            raise ValueError("an urn needs at least one value with a weight")
        self.valeurs = tuple(valeur for valeur, _ in couples)
        self._cumuls = tuple(accumulate(poids for _, poids in couples))

    def tirer(self, hasard: Random) -> T:
        """One value."""
        return self.valeurs[bisect(self._cumuls, hasard.random() * self._cumuls[-1])]

    def tirer_distinctes(self, hasard: Random, nombre: int) -> tuple[T, ...]:
        """Up to ``nombre`` different values, in the order they came out."""
        tirees: dict[T, None] = {}
        for _ in range(nombre * 20):
            if len(tirees) == min(nombre, len(self.valeurs)):
                break
            tirees[self.tirer(hasard)] = None
        return tuple(tirees)


def une_fois_sur(hasard: Random, chances: float) -> bool:
    """True with probability ``chances`` (0 to 1)."""
    return hasard.random() < chances
