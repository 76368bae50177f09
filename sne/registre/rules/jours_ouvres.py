"""Working days in France: not a Saturday, a Sunday nor a public holiday (code du travail, L3133-1). Pure."""

from collections.abc import Container
from datetime import date, timedelta
from functools import cache

SAMEDI = 5  # of ``date.weekday``


def est_ouvre(jour: date) -> bool:
    """Whether people work on that day in the whole of France; local holidays are not counted."""
    return jour.weekday() < SAMEDI and jour not in _feries(jour.year)


def ajouter(jour: date, nombre: int) -> date:
    """The working day that comes ``nombre`` of them after ``jour``, which counts for none."""
    while nombre > 0:
        jour += timedelta(days=1)
        nombre -= est_ouvre(jour)
    return jour


def compter(depuis: date, le: date) -> int:
    """Working days after ``depuis``, up to ``le`` and with it."""
    return sum(est_ouvre(depuis + timedelta(days=n)) for n in range(1, (le - depuis).days + 1))


@cache
def _feries(annee: int) -> Container[date]:
    import holidays  # noqa: PLC0415 - 9 MB that a web worker holds only once it has counted working days

    return frozenset(holidays.country_holidays("FR", years=annee))
