"""What somebody read of their own demande online: told once a day, and not once a page."""

import uuid
from datetime import datetime

from sne.journal.rules import Verbe
from sne.journal.selectors import list_actes_de
from sne.registre.demande.models.demande import Demande
from sne.socle import horloge


def is_lue_ce_jour(demande: Demande, verbe: Verbe, *, par: uuid.UUID, instant: datetime) -> bool:
    """Whether this reading by this account was told since midnight."""
    depuis = instant - horloge.debut_du_jour(horloge.jour(instant))
    return bool(list_actes_de(demande.id, par=par, parmi={verbe}, depuis=depuis))
