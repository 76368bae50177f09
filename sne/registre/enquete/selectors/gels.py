"""Freezes: the one that holds on a demande, what they leave to it, the condition that leaves frozen ones out."""

import uuid
from dataclasses import replace
from datetime import date, datetime
from typing import Protocol

from django.db.models import Exists, OuterRef, Q, Sum

from sne.registre.enquete.models import enquete as models
from sne.registre.enquete.rules.enquete import OrigineEnquete
from sne.registre.enquete.rules.gel import Gel, prolonger
from sne.socle import horloge


class RadiationLue(Protocol):
    """What the last day to come back depends on, and what a screen says of a striking-off."""

    @property
    def demande_id(self) -> uuid.UUID: ...

    @property
    def date_radiation(self) -> date: ...

    @property
    def reactivable_jusqu_au(self) -> date: ...

    @property
    def survenu_le(self) -> datetime: ...


def get_gel(demande_id: uuid.UUID) -> Gel | None:
    """The freeze that holds on this demande now. An act reads it once the demande is locked."""
    ligne = models.Gel.objects.filter(demande=demande_id, leve_le=None).select_related("enquete").first()
    if ligne is None:
        return None
    return replace(_lire(ligne), du_titulaire=ligne.enquete.origine == OrigineEnquete.OPPOSITION)


def sans_gel(demande: str = "pk") -> Q:
    """Condition on ``Demande``, or on a table that names it in ``demande``: not frozen.

    Used by the acts that no person asks for: the daily passes, the erasure, the notices.
    """
    return ~Q(Exists(models.Gel.objects.filter(demande=OuterRef(demande), leve_le=None)))


def limite_de_retour(radiation: RadiationLue, *, le: date) -> date:
    """Last day on which a demande struck off may come back, later by the days it has been frozen since."""
    gels = models.Gel.objects.filter(demande=radiation.demande_id, pose_le__gte=radiation.survenu_le)
    return prolonger(radiation.reactivable_jusqu_au, map(_lire, gels), base=radiation.date_radiation, le=le)


def count_jours_rendus(demande_id: uuid.UUID, *, depuis: datetime) -> int:
    """Days given back by the freezes that were put since this instant and lifted."""
    finis = models.Gel.objects.filter(demande=demande_id, pose_le__gte=depuis).exclude(leve_le=None)
    jours: int | None = finis.aggregate(jours=Sum("jours_rendus"))["jours"]
    return jours or 0


def _lire(ligne: models.Gel) -> Gel:
    return Gel(horloge.jour(ligne.pose_le), horloge.jour(ligne.leve_le) if ligne.leve_le else None)
