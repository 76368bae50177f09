"""Who else has a file open: what the journal's readings of the last minutes tell, without naming anybody."""

import uuid
from datetime import datetime, timedelta

from sne.journal.selectors import is_lue_par_un_collegue
from sne.referentiels.selectors import get_parametres
from sne.socle import horloge
from sne.socle.acteur import Acteur


def is_ouverte_au_guichet(demande_id: uuid.UUID, *, acteur: Acteur, le: datetime) -> bool:
    """Whether another account of the guichet the actor acts for opened this demande lately (dated parameter).

    Who acts for no guichet has no colleague there. The caller has checked the perimeter.
    """
    if not acteur.guichet:
        return False
    minutes = get_parametres(horloge.jour(le)).dossier_ouvert_minutes
    return is_lue_par_un_collegue(
        demande_id, guichet=acteur.guichet, sauf=acteur.id, le=le, depuis=timedelta(minutes=minutes)
    )
