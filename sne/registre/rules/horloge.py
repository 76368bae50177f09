"""What the register does by itself each day: its steps, and what a pass reports. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType


class EtapeHorloge(StrEnum):
    """One daily step, in the order they run: what is over is first said so, then struck off in its time."""

    EXPIRATION = "EXPIRATION"
    RADIATION = "RADIATION"


LIBELLES: Mapping[EtapeHorloge, str] = MappingProxyType(
    {
        EtapeHorloge.EXPIRATION: "Fins de validité",
        EtapeHorloge.RADIATION: "Radiations sans renouvellement",
    }
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What one step did in one territory for one day. ``refuses``: applications that somebody else moved meanwhile."""

    territoire: str
    jour: date
    etape: EtapeHorloge
    traites: int
    refuses: int
    termine_le: datetime | None
