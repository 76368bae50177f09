"""The business clock: the only place that asks what time it is."""

from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")
AVANCE: ContextVar[timedelta] = ContextVar("avance", default=timedelta())
"""How far the territory being served is ahead. The École alone writes it, which is not installed elsewhere."""


def maintenant() -> datetime:
    """Current instant, aware (UTC). Views and tasks call it once and pass it to actions as ``survenu_le``."""
    return timezone.now() + AVANCE.get()


def vrai() -> datetime:
    """The same, wherever it is asked from: keys, rates and what a process writes of itself go by it."""
    return timezone.now()


def au_vrai(instant: datetime) -> datetime:
    """What the true clock said at this instant of the business clock: seals have no other. Never later than it did."""
    return instant - AVANCE.get()


def du_vrai(instant: datetime) -> datetime:
    """This instant of the true clock, as the business clock would say it now."""
    return instant + AVANCE.get()


def jour(instant: datetime) -> date:
    """Civil day in Paris of an aware instant: the day the law counts from."""
    return instant.astimezone(PARIS).date()


def debut_du_jour(le: date) -> datetime:
    """First instant of a civil day in Paris, aware."""
    return datetime.combine(le, time.min, tzinfo=PARIS)


def aujourd_hui() -> date:
    """Civil day in Paris, now."""
    return jour(maintenant())
