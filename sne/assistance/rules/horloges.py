"""Clocks in working hours: two ranges a day, the holidays of a desk, the instant when an answer is due. Pure.

A duration is worked time. It is counted on the wall clock of the desk: the hour that a change of time adds or takes
away at night is in no range.
"""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from zoneinfo import ZoneInfo

SAMEDI = 5
JOUR = timedelta(days=1)
SANS_PLAGE = "a desk opens at some hour"
ALSACE = frozenset({"067", "068"})
# Subdivisions of the calendar of holidays where some are of their own, by the code of the territory.
LOCALES = {"057": "57"} | dict.fromkeys(ALSACE, "6AE") | {c: c for c in ("971", "972", "973", "974", "976")}


class Genre(StrEnum):
    """What is awaited."""

    PREMIERE_REPONSE = "PREMIERE_REPONSE"
    RESOLUTION = "RESOLUTION"


@dataclass(frozen=True, slots=True)
class Bureau:
    """When a desk works: its ranges in a day, in order, without overlap; its days off; its clock."""

    plages: tuple[tuple[time, time], ...]
    fuseau: ZoneInfo
    feries: Callable[[int], Container[date]]

    def __post_init__(self) -> None:
        if not any(debut < fin for debut, fin in self.plages):
            raise ValueError(SANS_PLAGE)

    def ouvre(self, jour: date) -> bool:
        """Whether it works on that day."""
        return jour.weekday() < SAMEDI and jour not in self.feries(jour.year)


def ajouter(debut: datetime, duree: timedelta, bureau: Bureau) -> datetime:
    """The instant when this much work is done, begun at ``debut`` (aware); in UTC. Nothing to do is done at once."""
    if duree <= timedelta():
        return debut.astimezone(UTC)
    plages = _plages_depuis(debut, bureau)
    de, a = next(plages)
    while a - de < duree:
        duree -= a - de
        de, a = next(plages)
    return de + duree


def ecoulees(de: datetime, a: datetime, bureau: Bureau) -> timedelta:
    """Worked time between two instants (aware); none when the second is not after the first."""
    total, plages = timedelta(), _plages_depuis(de, bureau)
    debut, fin = next(plages)
    while debut < a:
        total += min(fin, a) - debut
        debut, fin = next(plages)
    return total


def reculer_de_jours_ouvres(instant: datetime, jours: int, bureau: Bureau) -> datetime:
    """The same hour, this many working days before."""
    local = instant.astimezone(bureau.fuseau)
    jour = local.date()
    while jours > 0:
        jour -= JOUR
        jours -= bureau.ouvre(jour)
    return datetime.combine(jour, local.timetz())


@cache
def feries_de(territoire: str) -> Callable[[int], Container[date]]:
    """The days off of a territory, year by year, its local ones with them; those of the whole country for others."""

    @cache
    def annee(numero: int) -> Container[date]:
        import holidays  # noqa: PLC0415 - 9 MB, for who counts working hours only

        return frozenset(holidays.country_holidays("FR", subdiv=LOCALES.get(territoire), years=numero))

    return annee


def _plages_depuis(debut: datetime, bureau: Bureau) -> Iterator[tuple[datetime, datetime]]:
    """What remains of the ranges from an instant on, in UTC, without end."""
    depuis = debut.astimezone(UTC)
    jour = debut.astimezone(bureau.fuseau).date()
    while True:
        if bureau.ouvre(jour):
            for de, a in bureau.plages:
                ouverture, fermeture = (
                    datetime.combine(jour, heure, bureau.fuseau).astimezone(UTC) for heure in (de, a)
                )
                if fermeture > max(depuis, ouverture):
                    yield max(depuis, ouverture), fermeture
        jour += JOUR
