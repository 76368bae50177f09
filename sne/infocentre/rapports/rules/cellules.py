"""A cell from the integers that were counted: the only place where a ratio is made and rounded. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sne.infocentre.rapports.rules.formules import Operation
from sne.infocentre.rapports.tableau import Cellule, EtatCellule

CENT = 100
TROP_PEU = "Trop peu de cas\u00a0: une médiane ne dirait rien. Choisissez une période plus longue."
ETATS_CHIFFRES = frozenset({EtatCellule.VALEUR, EtatCellule.ZERO, EtatCellule.FRAGILE})
"""States that show a figure of their own; the others show why there is none."""


@dataclass(frozen=True, slots=True)
class Seuils:
    """Denominators under which one case weighs much (``fragile``), or too much for a ratio (``trop_petit``)."""

    fragile: int
    trop_petit: int


def arrondir(numerateur: int, denominateur: int, decimales: int) -> Decimal:
    """``numerateur`` over ``denominateur``, half up, the same on both sides of zero; found on integers alone.

    Raises ``ValueError`` for a denominator that counts nothing: its cell is empty, never a figure.
    """
    if denominateur <= 0:
        raise ValueError("a ratio over nothing")
    unites = (abs(numerateur) * 10**decimales * 2 + denominateur) // (2 * denominateur)
    return Decimal(-unites if numerateur < 0 else unites).scaleb(-decimales)


def faire_cellule(
    operation: Operation, numerateur: int, denominateur: int | None, *, decimales: int, seuils: Seuils
) -> Cellule:
    """The cell of one indicator on one line, from what the engine counted.

    A count needs no denominator. A ratio, in per cent, or a mean, in the unit of its numerator, has none when its
    denominator is 0 (VIDE), shows its two counts under ``seuils.trop_petit``, and is marked under ``seuils.fragile``.
    A difference shows itself, and keeps what it is compared with.
    """
    if operation in (Operation.COMPTE, Operation.DIFFERENCE):
        etat = EtatCellule.VALEUR if numerateur else EtatCellule.ZERO
        return Cellule(etat, numerateur, numerateur, denominateur)
    if denominateur is None:
        raise ValueError("a ratio needs a denominator")
    if not denominateur:
        return Cellule(EtatCellule.VIDE, None, numerateur, 0)
    if denominateur < seuils.trop_petit:
        return Cellule(EtatCellule.TROP_PETIT, None, numerateur, denominateur)
    en_pour_cent = operation in (Operation.RAPPORT, Operation.PART)
    fois = CENT if en_pour_cent else 1
    valeur = arrondir(numerateur * fois, denominateur, decimales)
    if denominateur < seuils.fragile:
        return Cellule(EtatCellule.FRAGILE, valeur, numerateur, denominateur)
    rien = en_pour_cent and not numerateur
    return Cellule(EtatCellule.ZERO if rien else EtatCellule.VALEUR, valeur, numerateur, denominateur)


def faire_quantile(valeur: int, cas: int, *, seuils: Seuils) -> Cellule:
    """The cell of a median or a decile, of ``cas`` cases: too few of them, and it would say nothing."""
    if not cas:
        return Cellule(EtatCellule.VIDE, None, None, 0)
    if cas < seuils.trop_petit:
        return Cellule(EtatCellule.NON_DISPONIBLE, None, None, cas, motif=TROP_PEU)
    return Cellule(EtatCellule.FRAGILE if cas < seuils.fragile else EtatCellule.VALEUR, valeur, valeur, cas)


def part(cellule: Cellule, decimales: int = 1) -> Decimal | None:
    """A difference in per cent of what it is compared with; ``None`` where there is nothing to compare with."""
    if cellule.numerateur is None or not cellule.denominateur:
        return None
    return arrondir(cellule.numerateur * CENT, cellule.denominateur, decimales)


def poids(denominateur: int) -> Decimal:
    """How many points one more or one less moves a rate of this denominator, one decimal."""
    return arrondir(CENT, denominateur, 1)


def additionner(lignes: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The counts of several lines as those of one: totals are summed first and divided after, never averaged."""
    total: dict[str, int] = {}
    for ligne in lignes:
        for mesure, valeur in ligne.items():
            total[mesure] = total.get(mesure, 0) + valeur
    return total
