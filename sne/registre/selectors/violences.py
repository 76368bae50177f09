"""Violence among the reasons of a demande: whether it was ever said, and since when, if not since the deposit."""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from sne.registre.models import Version
from sne.registre.rules.separation import VIOLENCES


def a_dit_violences(lesquelles: Q) -> bool:
    """Whether one of these versions has violence among its reasons."""
    return _versions(lesquelles).exists()


def list_violences_ajoutees(demandes: Collection[uuid.UUID]) -> dict[uuid.UUID, datetime]:
    """When violence came first among the reasons of each of these demandes; said at the deposit, it is left out."""
    premieres = _versions(Q(demande__in=[*demandes])).order_by("demande", "numero").distinct("demande")
    return {
        demande: survenu_le
        for demande, numero, survenu_le in premieres.values_list("demande", "numero", "survenu_le")
        if numero > 1
    }


def _versions(lesquelles: Q) -> QuerySet[Version]:
    return Version.objects.filter(lesquelles, contenu__contains={"motifs": {"codes": [VIOLENCES]}})
