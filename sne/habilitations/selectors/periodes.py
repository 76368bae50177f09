"""When a role gives its rights: one condition, read everywhere."""

from datetime import date

from django.db.models import Q


def en_vigueur(le: date) -> Q:
    """Roles that give their rights on that day."""
    return Q(debut__lte=le) & (Q(fin=None) | Q(fin__gt=le))
