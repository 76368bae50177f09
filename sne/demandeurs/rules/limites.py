"""How often something may be tried: so many times in a window of time that starts for everybody at once. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

ORIGINE = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Limite:
    """``nombre`` times at most in each ``duree``. ``nom``: what is counted."""

    nom: str
    nombre: int
    duree: timedelta


def fenetre_de(limite: Limite, instant: datetime) -> tuple[datetime, datetime]:
    """The window that holds this instant: its start, its end (left out)."""
    debut = ORIGINE + ((instant - ORIGINE) // limite.duree) * limite.duree
    return debut, debut + limite.duree
