"""Which applications are already on record, by identifier: what a take-over must not write twice."""

import uuid
from collections.abc import Iterable

from sne.registre.models import Demande


def list_deja_la(ids: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of ``ids`` that are on record already, whatever their territory and status."""
    return frozenset(Demande.objects.filter(id__in=list(ids)).values_list("id", flat=True))
