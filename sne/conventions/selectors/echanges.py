"""What one agreement knows of one demande; no other agreement is ever asked."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sne.conventions.models import Echange


@dataclass(frozen=True, slots=True)
class EchangeLu:
    """The vendor's own reference (may be empty) and the revision last given to it (``None``: none was)."""

    reference: str = ""
    revision: int | None = None
    emise_le: datetime | None = None


def get_echange(convention_id: uuid.UUID, demande_id: uuid.UUID, *, territoire: str) -> EchangeLu:
    """What this agreement knows of this demande; empty when it never dealt with it."""
    lu = Echange.objects.filter(territoire=territoire, demande=demande_id, convention=convention_id).first()
    return EchangeLu(lu.reference, lu.revision_emise, lu.emise_le) if lu else EchangeLu()
