"""The business clock: the only place that asks what time it is."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

PARIS = ZoneInfo("Europe/Paris")


def maintenant() -> datetime:
    """Current instant, aware (UTC). Views and tasks call it once and pass it to actions as ``survenu_le``."""
    return timezone.now()


def jour(instant: datetime) -> date:
    """Civil day in Paris of an aware instant: the day the law counts from."""
    return instant.astimezone(PARIS).date()


def aujourd_hui() -> date:
    """Civil day in Paris, now."""
    return jour(maintenant())
