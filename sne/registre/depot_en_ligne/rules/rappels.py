"""When somebody is told again of what they left unfinished. Pure."""

from collections.abc import Collection
from datetime import datetime, timedelta


def rappel_du(depuis: datetime, jours: Collection[int], *, instant: datetime) -> datetime | None:
    """The instant of the last reminder that is due of what was left at ``depuis``, told so many days after it; ``None``
    before the first.
    """
    echus = [
        depuis + timedelta(days=nombre) for nombre in jours if depuis + timedelta(days=nombre) <= instant
    ]
    return max(echus, default=None)
