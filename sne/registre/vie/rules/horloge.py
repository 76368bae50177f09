"""What the register does by itself each day: its steps, and what a pass reports. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType


class EtapeHorloge(StrEnum):
    """One daily step, in the order they run: households whose validity is about to end are told first; then what is
    over ends; then what has to be is erased.

    Those who decide on what still waits are reminded last.
    """

    PREAVIS = "PREAVIS"
    EXPIRATION = "EXPIRATION"
    RADIATION = "RADIATION"
    ARRET = "ARRET"
    PURGE = "PURGE"
    RAPPEL = "RAPPEL"


LIBELLES: Mapping[EtapeHorloge, str] = MappingProxyType(
    {
        EtapeHorloge.PREAVIS: "Préavis de renouvellement",
        EtapeHorloge.EXPIRATION: "Fins de validité",
        EtapeHorloge.RADIATION: "Radiations sans renouvellement",
        EtapeHorloge.ARRET: "Demandes arrêtées, comme leur ménage l’a demandé",
        EtapeHorloge.PURGE: "Demandes effacées",
        EtapeHorloge.RAPPEL: "Changements d’identité rappelés à qui décide",
    }
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What one step did in one territory for one day. ``refuses``: applications that somebody else moved meanwhile.

    ``retenues``: notices without a usable address, or ends held back because no notice was received (dated parameter).
    """

    territoire: str
    jour: date
    etape: EtapeHorloge
    traites: int
    refuses: int
    retenues: int
    termine_le: datetime | None
