"""When a role gives its rights, and which: one condition, read everywhere."""

from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q

from sne.habilitations.models import Reduction, Suspension


def en_vigueur(le: date) -> Q:
    """Roles that give their rights on that day: begun, not ended, not suspended."""
    return Q(debut__lte=le) & (Q(fin=None) | Q(fin__gt=le)) & Q(~est_suspendue())


def est_suspendue() -> Exists:
    """Whether a role waits for somebody to keep it, and gives nothing meanwhile."""
    return Exists(Suspension.objects.filter(habilitation=OuterRef("pk"), levee_le=None))


def a_perdu(permission: str) -> Exists:
    """Whether a role no longer gives this right to its holder."""
    return Exists(Reduction.objects.filter(habilitation=OuterRef("pk"), permission=permission))


def droits_retires() -> ArraySubquery:
    """Rights that a role no longer gives to its holder."""
    return ArraySubquery(Reduction.objects.filter(habilitation=OuterRef("pk")).values("permission"))
