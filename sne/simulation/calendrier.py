"""The simulated calendar: its days, its instants, and what happens to the daily clock, drawn from the seed.

Month arithmetic is written here a second time, on purpose: the witness must not share an error with the register.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from random import Random

from sne.socle.horloge import PARIS

PREMIER_JOUR = date(2014, 1, 1)  # at the earliest
DERNIERE_ANNEE = 2025  # while it leaves the years asked for: short runs are those of the present law
UN_JOUR = timedelta(days=1)
DIMANCHE = 6
OUVERTURE = time(8)


class Moment(StrEnum):
    """When a pass of the clock starts: before the counters open, or once they have closed."""

    NUIT = "NUIT"
    SOIR = "SOIR"


HEURES = {Moment.NUIT: time(2, 12), Moment.SOIR: time(22, 30)}


@dataclass(frozen=True, slots=True)
class Passe:
    """One pass of the clock. ``jour``: the day that it passes; ``coupee_apres``: applications before it is killed."""

    moment: Moment
    jour: date
    coupee_apres: int | None = None

    @property
    def instant(self) -> datetime:
        """What the clock shows when it starts."""
        return datetime.combine(self.jour, HEURES[self.moment], PARIS)


def plus_mois(jour: date, mois: int) -> date:
    """``jour`` plus whole months; a day that the month does not have becomes its last one."""
    annee, rang = jour.year, jour.month + mois
    while rang > 12:
        annee, rang = annee + 1, rang - 12
    while rang < 1:
        annee, rang = annee - 1, rang + 12
    quantieme = jour.day
    while True:
        try:
            return date(annee, rang, quantieme)
        except ValueError:
            quantieme -= 1


def jours(annees: int) -> list[date]:
    """Every civil day simulated."""
    debut = max(PREMIER_JOUR, date(DERNIERE_ANNEE + 1 - annees, 1, 1))
    fin = date(debut.year + annees, 1, 1)
    return [debut + timedelta(days=n) for n in range((fin - debut).days)]


def remarquables(annees: int) -> list[date]:
    """Days on which dates go wrong: ends of months, 29 February, its neighbours, the year's first day."""
    return [
        j for j in jours(annees) if (j + UN_JOUR).day == 1 or (j.month, j.day) in {(2, 28), (3, 1), (1, 1)}
    ]


def passes(annees: int, hasard: Random) -> Iterator[tuple[date, tuple[Passe, ...]]]:
    """The passes of each day, in order: most nights one; outages of days, late, killed, repeated, behind the time."""
    panne = 0
    for jour in jours(annees):
        tirage, reprend = hasard.random(), panne == 1
        panne = max(0, panne - 1)
        if not panne and tirage < 0.02:
            panne = hasard.randint(2, 9)
        yield jour, () if panne else _du_jour(jour, 0.02 if reprend else tirage, hasard)


def _du_jour(jour: date, tirage: float, hasard: Random) -> tuple[Passe, ...]:
    """The passes of a day on which the clock runs; what has waited for days is killed in the middle as well."""
    nuit, soir = Passe(Moment.NUIT, jour), Passe(Moment.SOIR, jour)
    if tirage < 0.08:  # killed in the middle; on one day in two somebody starts it again
        coupee = Passe(Moment.NUIT, jour, hasard.randint(0, 3))
        return (coupee, soir) if hasard.random() < 0.5 else (coupee,)
    if tirage < 0.11:
        return (nuit, nuit)
    if tirage < 0.14:
        return (soir,)
    if tirage < 0.16:  # the machine's clock is behind
        return (Passe(Moment.SOIR, jour - timedelta(days=hasard.randint(1, 3))),)
    return (nuit,)
