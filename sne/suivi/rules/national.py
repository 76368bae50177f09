"""What territories have to look at, side by side and summed: counts and ages, no file and no person. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date


@dataclass(frozen=True, slots=True)
class File:
    """One queue: how many wait, how many past their day, since how many days the oldest."""

    nombre: int = 0
    en_retard: int = 0
    age_jours: int = 0

    def __add__(self, autre: "File") -> "File":
        return File(
            self.nombre + autre.nombre,
            self.en_retard + autre.en_retard,
            max(self.age_jours, autre.age_jours),
        )


@dataclass(frozen=True, slots=True)
class Veille:
    """One territory, or several together.

    ``identites``: changes of identity to decide; ``decisions``: whatever else somebody decides; ``guichets``: what
    counters have to do; ``alertes``: questions to counters that are not closed. ``dossiers``: files that a score ranks
    among those to look at, ``du_jour`` of them today. ``signales``: counters far from the others, not looked at yet.
    """

    identites: File = File()
    decisions: File = File()
    guichets: File = File()
    alertes: File = File()
    dossiers: int = 0
    du_jour: int = 0
    signales: int = 0
    enquetes: int = 0

    @property
    def calme(self) -> bool:
        """Whether there is nothing to look at."""
        return self == Veille()

    def __add__(self, autre: "Veille") -> "Veille":
        return Veille(*(getattr(self, c.name) + getattr(autre, c.name) for c in fields(self)))


@dataclass(frozen=True, slots=True)
class Attendu:
    """One thing that waits: since which day, to be done by which day when there is one."""

    depuis: date
    avant: date | None = None


def mettre_en_file(attendus: Iterable[Attendu], *, le: date) -> File:
    """The queue that these make on that day."""
    ages, retards = [0], 0
    nombre = 0
    for attendu in attendus:
        nombre += 1
        ages.append((le - attendu.depuis).days)
        retards += attendu.avant is not None and attendu.avant < le
    return File(nombre, retards, max(ages))
