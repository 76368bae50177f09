"""The clock of a bac."""

from datetime import datetime

from sne.ecole.models import Bac
from sne.socle import horloge


def instant_du_bac(bac: Bac) -> datetime:
    """What time it is there."""
    return horloge.vrai() + bac.avance
