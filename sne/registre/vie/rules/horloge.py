"""What the register does by itself each day: its steps, and what a pass reports. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType


class EtapeHorloge(StrEnum):
    """One daily step, in the order they run: who is about to lapse is told first; what is over ends, then is erased.

    Whoever decides of what still waits is reminded last.
    """

    PREAVIS = "PREAVIS"
    EXPIRATION = "EXPIRATION"
    RADIATION = "RADIATION"
    PURGE = "PURGE"
    RAPPEL = "RAPPEL"


LIBELLES: Mapping[EtapeHorloge, str] = MappingProxyType(
    {
        EtapeHorloge.PREAVIS: "Préavis de renouvellement",
        EtapeHorloge.EXPIRATION: "Fins de validité",
        EtapeHorloge.RADIATION: "Radiations sans renouvellement",
        EtapeHorloge.PURGE: "Demandes effacées",
        EtapeHorloge.RAPPEL: "Changements d’identité rappelés à qui décide",
    }
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What one step did in one territory for one day. ``refuses``: applications that somebody else moved meanwhile.

    ``retenues``: notices that no address allowed, or ends held back for want of a notice (dated parameter).
    """

    territoire: str
    jour: date
    etape: EtapeHorloge
    traites: int
    refuses: int
    retenues: int
    termine_le: datetime | None
