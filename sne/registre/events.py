"""Facts the register tells, past tense; the journal entry is their one carrier."""

import datetime
import uuid
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemandeDeposee:
    """A demande was registered and holds its number (CCH R441-2-3)."""

    demande_id: uuid.UUID
    nud: str
    date_depot: datetime.date
    anteriorite_en_attente: bool = False


@dataclass(frozen=True, slots=True)
class DemandeModifiee:
    """A demande changed: the revision made, the paths changed, the persons whose identity now awaits a decision."""

    demande_id: uuid.UUID
    revision: int
    champs: tuple[str, ...]
    en_attente: tuple[str, ...]
