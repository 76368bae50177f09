"""Acts of one body that only repeat each other make one line, which says how many and when; its detail lists each.

Pure.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Protocol


class Ligne(Protocol):
    """A line of a history, as far as grouping looks at it."""

    @property
    def phrase(self) -> str: ...

    @property
    def jour(self) -> date: ...

    @property
    def repete(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Groupe[L: Ligne]:
    """Lines told as one, the newest first; one alone is the ordinary case."""

    lignes: tuple[L, ...]

    @property
    def tete(self) -> L:
        """The newest."""
        return self.lignes[0]

    @property
    def nombre(self) -> int:
        """How many."""
        return len(self.lignes)

    @property
    def phrase(self) -> str:
        """What is told, without its final point where the number follows."""
        return self.tete.phrase if self.nombre == 1 else self.tete.phrase.removesuffix(".")

    @property
    def depuis(self) -> date:
        """Day of the oldest."""
        return self.lignes[-1].jour

    @property
    def jusqu_a(self) -> date:
        """Day of the newest."""
        return self.tete.jour


@dataclass(frozen=True, slots=True)
class Mois[L: Ligne]:
    """What happened in one month. ``premier``: its first day."""

    premier: date
    groupes: tuple[Groupe[L], ...]


def par_mois[L: Ligne](lignes: Iterable[L]) -> tuple[Mois[L], ...]:
    """Lines, the newest first, month by month; those that repeat each other are grouped."""
    return tuple(
        Mois(premier, _grouper(list(du_mois)))
        for premier, du_mois in groupby(lignes, key=lambda ligne: ligne.jour.replace(day=1))
    )


def _grouper[L: Ligne](lignes: Sequence[L]) -> tuple[Groupe[L], ...]:
    suites: list[list[L]] = []
    for ligne in lignes:
        suite = suites[-1] if suites else []
        if suite and ligne.repete and suite[0].repete and suite[0].phrase == ligne.phrase:
            suite.append(ligne)
        else:
            suites.append([ligne])
    return tuple(Groupe(tuple(suite)) for suite in suites)
