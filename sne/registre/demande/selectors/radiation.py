"""Why demandes were struck off."""

import uuid
from collections.abc import Collection

from sne.registre.demande.models.radiation import Radiation


def get_radiation(demande_id: uuid.UUID) -> Radiation | None:
    """The last striking-off, or ``None`` when there never was one; whether it still holds is the demande's status."""
    return Radiation.objects.filter(demande=demande_id).order_by("-revision").first()


def get_radiations(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, Radiation]:
    """The last striking-off of each of these demandes that ever had one, by demande."""
    lignes = Radiation.objects.filter(demande__in=demandes).order_by("demande", "revision")
    return {ligne.demande_id: ligne for ligne in lignes}
