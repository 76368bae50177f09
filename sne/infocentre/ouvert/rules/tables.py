"""A table of counts as a reader sees it: cells, and the sums that tie them. Pure.

A cell is a place of one level, by one modality of one trait. Places make one tree, commune in EPCI in département in
region in nation: an EPCI that spreads over two départements is published in two parts.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

TOUTES = "TOUTES"
"""The modality that is the sum of the others."""
AUTRES = "AUTRES"
"""Communes too small to be shown, together, of one EPCI: its code follows."""


class Niveau(StrEnum):
    """Levels of the file, from the smallest to the largest."""

    COMMUNE = "COMMUNE"
    EPCI = "EPCI"
    DEPARTEMENT = "DEPARTEMENT"
    REGION = "REGION"
    NATION = "NATION"


class Case(NamedTuple):
    """One cell of the table."""

    niveau: Niveau
    code: str
    modalite: str


@dataclass(frozen=True, slots=True)
class Relation:
    """``total`` is the sum of ``parties``: whoever knows all of them but one knows that one."""

    total: Case
    parties: tuple[Case, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        return (self.total, *self.parties)


@dataclass(frozen=True, slots=True)
class Lieu:
    """Where a commune is: the places that hold it, and how many live there (``None``: not known)."""

    commune: str
    epci: str
    departement: str
    region: str
    population: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Every cell with its count, and the sums that tie them. Cells of zero are there too."""

    valeurs: Mapping[Case, int]
    relations: tuple[Relation, ...]


def composer(
    comptes: Mapping[tuple[str, str], int], lieux: Mapping[str, Lieu], *, population_min: int
) -> Table:
    """The table of (commune, modality) → count.

    Communes under ``population_min`` inhabitants, or whose population is not known, are one line of their EPCI. Raises
    ``KeyError`` for a commune without a place.
    """
    modalites = sorted({modalite for _, modalite in comptes})
    valeurs: defaultdict[Case, int] = defaultdict(int)
    enfants: defaultdict[tuple[Niveau, str], set[tuple[Niveau, str]]] = defaultdict(set)
    for (commune, modalite), nombre in comptes.items():
        chemin = _chemin(lieux[commune], population_min)
        for bas, haut in pairwise(chemin):
            enfants[haut].add(bas)
        for niveau, code in chemin:
            for m in modalites:
                valeurs[Case(niveau, code, m)] += 0
            valeurs[Case(niveau, code, modalite)] += nombre
            valeurs[Case(niveau, code, TOUTES)] += nombre
    places = sorted({(c.niveau, c.code) for c in valeurs})
    relations = [
        Relation(Case(niveau, code, TOUTES), tuple(Case(niveau, code, m) for m in modalites))
        for niveau, code in places
    ]
    relations += [
        Relation(Case(*haut, m), tuple(Case(*bas, m) for bas in sorted(bas_)))
        for haut, bas_ in sorted(enfants.items())
        for m in (*modalites, TOUTES)
    ]
    return Table(dict(valeurs), tuple(relations))


def _chemin(lieu: Lieu, population_min: int) -> tuple[tuple[Niveau, str], ...]:
    epci = f"{lieu.epci or 'SANS'}-{lieu.departement}"
    montree = lieu.population is not None and lieu.population >= population_min
    return (
        (Niveau.COMMUNE, lieu.commune if montree else f"{AUTRES}-{epci}"),
        (Niveau.EPCI, epci),
        (Niveau.DEPARTEMENT, lieu.departement),
        (Niveau.REGION, lieu.region),
        (Niveau.NATION, "FR"),
    )
