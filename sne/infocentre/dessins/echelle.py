"""Round steps along an axis, and classes of a map. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

GRADUATIONS = 5
PAS_RONDS = (1, 2, 5)
CLASSES_AU_PLUS = 5


def pas_rond(longueur: Decimal) -> Decimal:
    """A round step (1, 2 or 5 times a power of ten) that cuts a length in :data:`GRADUATIONS` parts or so."""
    if longueur <= 0:
        return Decimal(1)
    vise = longueur / GRADUATIONS
    puissance = Decimal(1).scaleb(vise.adjusted())
    return next(rond * puissance for rond in (*PAS_RONDS, 10) if rond * puissance >= vise)


def graduer(valeurs: Sequence[Decimal], *, entier: bool) -> tuple[Decimal, ...]:
    """Graduations from zero, or from below it, to above the highest value. ``entier``: no step below one."""
    bas, haut = min([*valeurs, Decimal(0)]), max([*valeurs, Decimal(0)])
    pas = pas_rond(haut - bas)
    if entier:
        pas = max(pas, Decimal(1))
    depart, arrivee = (
        (bas / pas).to_integral_value("ROUND_FLOOR"),
        (haut / pas).to_integral_value("ROUND_CEILING"),
    )
    return tuple(pas * rang for rang in range(int(depart), int(max(arrivee, depart + 1)) + 1))


def classer(valeurs: Sequence[Decimal]) -> tuple[tuple[Decimal, Decimal], ...]:
    """Five classes at most, of as many distinct values each as can be: lowest and highest value of each, in order."""
    distinctes = sorted(set(valeurs))
    nombre = min(CLASSES_AU_PLUS, len(distinctes))
    coupes = [len(distinctes) * rang // nombre for rang in range(nombre + 1)] if nombre else [0]
    return tuple((distinctes[a], distinctes[b - 1]) for a, b in pairwise(coupes))
