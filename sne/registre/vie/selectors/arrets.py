"""Requests of households that their demande end."""

import uuid

from sne.registre.vie.models.arret import Arret


def get_arret(demande_id: uuid.UUID) -> Arret | None:
    """The request that waits for its day on this demande."""
    return Arret.objects.filter(demande=demande_id, clos_le=None).first()
