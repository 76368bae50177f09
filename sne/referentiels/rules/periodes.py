"""Dated data: a period of days, both ends included, either end open."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Protocol, Self


@dataclass(frozen=True, slots=True)
class Periode:
    """From ``debut`` to ``fin``, both included; ``None`` means since ever, or until further notice."""

    debut: date | None = None
    fin: date | None = None

    @classmethod
    def lire(cls, ecrite: Mapping[str, Any], *, debut: str | None = None) -> Self:
        """As files write it, each day there or not; ``debut``: of the whole file."""
        jours = ecrite.get("debut", debut), ecrite.get("fin")
        return cls(*(date.fromisoformat(jour) if jour else None for jour in jours))

    def contient(self, le: date) -> bool:
        """Whether the period holds this day."""
        return (self.debut is None or self.debut <= le) and (self.fin is None or le <= self.fin)


TOUJOURS = Periode()


class Datee(Protocol):
    """Anything that holds during a period."""

    @property
    def periode(self) -> Periode: ...


def en_vigueur[T: Datee](valeurs: Iterable[T], le: date) -> T | None:
    """The value in force on ``le``; of several, the one that started last. ``None`` when there is none."""
    possibles = [v for v in valeurs if v.periode.contient(le)]
    return max(possibles, key=lambda v: v.periode.debut or date.min, default=None)


def par_periode[T](periodes: Iterable[Periode], fabriquer: Callable[[date], T]) -> Callable[[date], T]:
    """``fabriquer`` as a function of the day, called once for all the days between two changes.

    A takeover of twelve years asks for thousands of days; what is in force changes a few times a year.
    """
    bornes = [(p.debut, p.fin + timedelta(days=1) if p.fin else None) for p in periodes]
    changements = sorted({jour for paire in bornes for jour in paire if jour})

    @cache
    def de_rang(rang: int) -> T:
        return fabriquer(changements[rang - 1] if rang else date.min)

    return lambda le: de_rang(bisect_right(changements, le))
