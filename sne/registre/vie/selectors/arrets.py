"""Requests of households that their demande end."""

import uuid
from datetime import timedelta

from sne.registre.enquete.selectors.gels import count_jours_rendus
from sne.registre.vie.models.arret import Arret


def get_arret(demande_id: uuid.UUID) -> Arret | None:
    """The request that waits for its day on this demande: later, once a freeze is lifted, by as many days as it lasted,
    so that nothing ends the morning after.
    """
    arret = Arret.objects.filter(demande=demande_id, clos_le=None).first()
    if arret is not None:
        arret.effet_le += timedelta(days=count_jours_rendus(demande_id, depuis=arret.survenu_le))
    return arret
