"""What a measure says: slices, quantiles, ratios, verdicts. Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from statistics import mean, median, stdev


@dataclass(frozen=True, slots=True)
class Tranche:
    """One slice: acts completed, seconds it lasted, milliseconds of each act, processor seconds of the clients."""

    actes: int
    duree: float
    latences: tuple[float, ...] = ()
    processeur: float = 0.0

    @property
    def debit(self) -> float:
        """Acts per second."""
        return self.actes / self.duree


RAPPORTS = frozenset({"×", "recall"})
"""Units of a value that is a ratio already."""


class Sens(StrEnum):
    """On which side of its target a value is good."""

    AU_MOINS = "≥"
    AU_PLUS = "≤"


@dataclass(frozen=True, slots=True)
class Cible:
    """What a value must reach."""

    sens: Sens
    valeur: float

    def atteinte_par(self, valeur: float) -> bool:
        """Whether the value is on the good side; equality is good."""
        return valeur >= self.valeur if self.sens is Sens.AU_MOINS else valeur <= self.valeur


@dataclass(frozen=True, slots=True)
class Ligne:
    """One row of the report. ``titre``, ``limite`` and ``mesure`` are in English, for the page.

    ``valeur`` is what is judged: a ratio (``unite`` ×) wherever there is a peer. ``contre``: the ratio to a peer that
    is shown and not judged. ``tranches`` keeps what ``valeur`` was computed from, slice by slice.
    """

    code: str
    titre: str
    limite: str
    mesure: str
    valeur: float
    unite: str
    cible: Cible
    contre: float | None = None
    tranches: dict[str, list[float]] = field(default_factory=dict)

    @property
    def rapport(self) -> float:
        """To its peer; to its target where it has none."""
        if self.contre is not None:
            return self.contre
        return self.valeur if self.unite in RAPPORTS else self.valeur / self.cible.valeur

    @property
    def atteinte(self) -> bool:
        """Whether the target is met."""
        return self.cible.atteinte_par(self.valeur)

    @property
    def verdict(self) -> str:
        """In a word; a miss is written as a miss."""
        return "met" if self.atteinte else "MISSED"


def quantile(valeurs: Sequence[float], part: float) -> float:
    """The nearest-rank quantile (``part`` 0.95 = p95). Raises ``ValueError`` on an empty sequence."""
    if not valeurs:
        raise ValueError("no value")
    return sorted(valeurs)[max(0, math.ceil(part * len(valeurs)) - 1)]


def fusionner(tranches: Sequence[Tranche]) -> Tranche:
    """Clients that worked side by side, as one: their acts add up, their time does not."""
    return Tranche(
        actes=sum(t.actes for t in tranches),
        duree=max(t.duree for t in tranches),
        latences=tuple(x for t in tranches for x in t.latences),
        processeur=sum(t.processeur for t in tranches),
    )


def debit_median(tranches: Sequence[Tranche]) -> float:
    """Acts per second: the median of the slices."""
    return median(t.debit for t in tranches)


def erreur(valeurs: Sequence[float]) -> float:
    """The standard error of their mean, times two; as large as it when there is but one."""
    return 2 * stdev(valeurs) / len(valeurs) ** 0.5 if len(valeurs) > 1 else mean(valeurs)


def p95(tranches: Sequence[Tranche]) -> float:
    """Milliseconds under which 95 acts in 100 were completed, all slices together."""
    return quantile([x for t in tranches for x in t.latences], 0.95)


def latence_mediane(tranches: Sequence[Tranche]) -> float:
    """Milliseconds of the median act, all slices together."""
    return median(x for t in tranches for x in t.latences)


def au_plus(code: str, titre: str, tranches: Sequence[Tranche], cible: float, *, decimales: int = 0) -> Ligne:
    """The row of an act that has no peer: its p95 against so many milliseconds, which are the limit."""
    grand = p95(tranches)
    return Ligne(
        code=code,
        titre=titre,
        limite=f"{cible:g} ms p95",
        mesure=f"{latence_mediane(tranches):.{decimales}f} ms, p95 {grand:.{decimales}f} ms",
        valeur=grand,
        unite="ms p95",
        cible=Cible(Sens.AU_PLUS, cible),
    )


def rapport(mesure: Sequence[float], limite: Sequence[float]) -> float:
    """Median of the ratios, each of two slices that ran one after the other: a slow moment touches both."""
    return median(m / pair for m, pair in zip(mesure, limite, strict=True))
