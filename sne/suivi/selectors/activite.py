"""The activity of counters, as the projection says it."""

from dataclasses import fields
from datetime import date

from django.db.models import Max

from sne.suivi.models import ActiviteMensuelle
from sne.suivi.rules.activite import Activite

COLONNES = tuple(champ.name for champ in fields(Activite))


def list_activite(territoire: str | None, *, de: date, a: date) -> list[Activite]:
    """Activity from the month that starts on ``de`` to that of ``a``, both included; ``None``: every territory.

    In the order of territories, months and counters; a counter that did nothing in a month has no line.
    """
    lues = ActiviteMensuelle.objects.filter(mois__gte=de, mois__lte=a)
    if territoire is not None:
        lues = lues.filter(territoire=territoire)
    lignes = lues.order_by("territoire", "mois", "guichet").values_list(*COLONNES)
    return [Activite(*ligne) for ligne in lignes.iterator(chunk_size=10_000)]


def get_dernier_mois() -> date | None:
    """The last month of which anything was computed; ``None`` before the first pass."""
    dernier: date | None = ActiviteMensuelle.objects.aggregate(dernier=Max("mois"))["dernier"]
    return dernier


def list_mois_en_attente() -> list[date]:
    """Months in which a change of identity was asked for that still waits."""
    return list(ActiviteMensuelle.objects.filter(en_attente__gt=0).values_list("mois", flat=True).distinct())
