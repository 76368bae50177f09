"""Seniority titles: which one counts for a demande, today or at an instant."""

from datetime import datetime

from django.db.models import Case, QuerySet, Value, When

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import TitreAnciennete

AU_DEPOT = ("DEPOT", "REPRISE")
ENSUITE = ("SEPARATION", "HERITAGE", "ANTERIORITE", "RESTAURATION")
"""Acts that change the date from which a whole demande counts; the last one decides.

People who join it later change nothing.
"""


def get_titre(demande: Demande) -> TitreAnciennete:
    """The title that gives a demande its seniority."""
    return _du_dernier_acte(demande)[:1].get()


def get_titre_a(demande: Demande, instant: datetime) -> TitreAnciennete | None:
    """The title that gave it its seniority at that instant (aware); ``None`` before its deposit, and once erased."""
    return _du_dernier_acte(demande).filter(survenu_le__lte=instant).first()


def list_titres_du_depot(demande: Demande) -> tuple[TitreAnciennete, ...]:
    """The titles that its registration gave, one for each of its persons, or that of an association."""
    return tuple(TitreAnciennete.objects.filter(demande=demande, acte__in=AU_DEPOT).order_by("id"))


def _du_dernier_acte(demande: Demande) -> QuerySet[TitreAnciennete]:
    """Titles of the whole demande, that of the last act first and those of its deposit last."""
    du_depot = Case(When(acte__in=AU_DEPOT, then=Value(1)), default=Value(0))
    titres = TitreAnciennete.objects.filter(demande=demande, acte__in=(*AU_DEPOT, *ENSUITE))
    return titres.order_by(du_depot, "-survenu_le", "id")
