"""Dated data: a period of days, both ends included, either end open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Periode:
    """From ``debut`` to ``fin``, both included; ``None`` means since ever, or until further notice."""

    debut: date | None = None
    fin: date | None = None

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
