"""The bac of an agreement, and its clock."""

import uuid
from datetime import datetime

from sne.ecole.models import Bac
from sne.socle import horloge


def get_bac(convention_id: uuid.UUID) -> Bac | None:
    """The territory that an agreement tries its software on."""
    return Bac.objects.filter(convention=convention_id).first()


def instant_du_bac(bac: Bac) -> datetime:
    """What time it is there."""
    return horloge.vrai() + bac.avance
