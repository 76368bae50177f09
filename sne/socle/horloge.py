"""The business clock: the only place that asks what time it is."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")


def maintenant() -> datetime:
    """Current instant, aware (UTC). Views and tasks call it once and pass it to actions as ``survenu_le``."""
    return timezone.now()


def jour(instant: datetime) -> date:
    """Civil day in Paris of an aware instant: the day the law counts from."""
    return instant.astimezone(PARIS).date()


def debut_du_jour(le: date) -> datetime:
    """First instant of a civil day in Paris, aware."""
    return datetime.combine(le, time.min, tzinfo=PARIS)


def aujourd_hui() -> date:
    """Civil day in Paris, now."""
    return jour(maintenant())
