"""A cell from integers: eight states, half up, thresholds at their edges, totals from sums."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.infocentre.rapports.rules.cellules import (
    Seuils,
    additionner,
    arrondir,
    faire_cellule,
    part,
    poids,
)
from sne.infocentre.rapports.rules.formules import Operation
from sne.infocentre.rapports.tableau import Cellule, EtatCellule

SEUILS = Seuils(fragile=30, trop_petit=10)
E, OP = EtatCellule, Operation


@pytest.mark.parametrize(
    ("operation", "numerateur", "denominateur", "etat", "valeur"),
    [
        (OP.COMPTE, 12, None, E.VALEUR, 12),
        (OP.COMPTE, 0, None, E.ZERO, 0),
        (OP.DIFFERENCE, -3, 5, E.VALEUR, -3),
        (OP.DIFFERENCE, 0, 5, E.ZERO, 0),
        (OP.RAPPORT, 0, 0, E.VIDE, None),
        (OP.RAPPORT, 2, 7, E.TROP_PETIT, None),
        (OP.RAPPORT, 2, 9, E.TROP_PETIT, None),
        (OP.RAPPORT, 2, 10, E.FRAGILE, Decimal("20.0")),
        (OP.RAPPORT, 0, 29, E.FRAGILE, Decimal("0.0")),
        (OP.RAPPORT, 0, 30, E.ZERO, Decimal("0.0")),
        (OP.RAPPORT, 1, 30, E.VALEUR, Decimal("3.3")),
        (OP.MOYENNE, -45, 30, E.VALEUR, Decimal("-1.5")),
        (OP.MOYENNE, 0, 30, E.VALEUR, Decimal("0.0")),
        (OP.MOYENNE, 12, 0, E.VIDE, None),
    ],
)
def test_each_state(
    operation: Operation, numerateur: int, denominateur: int | None, etat: EtatCellule, valeur: object
) -> None:
    cellule = faire_cellule(operation, numerateur, denominateur, decimales=1, seuils=SEUILS)
    assert (cellule.etat, cellule.valeur) == (etat, valeur)
    assert cellule.numerateur == numerateur
    assert cellule.denominateur == denominateur


def test_a_ratio_without_denominator_is_a_fault() -> None:
    with pytest.raises(ValueError, match="denominator"):
        faire_cellule(OP.RAPPORT, 1, None, decimales=1, seuils=SEUILS)
    with pytest.raises(ValueError, match="nothing"):
        arrondir(1, 0, 1)


@pytest.mark.parametrize(
    ("numerateur", "denominateur", "attendu"),
    [
        (1, 2000, "0.1"),
        (25, 10_000, "0.3"),
        (-25, 10_000, "-0.3"),
        (1, 3, "33.3"),
        (2, 3, "66.7"),
        (1, 1, "100.0"),
    ],
)
def test_one_decimal_half_up(numerateur: int, denominateur: int, attendu: str) -> None:
    assert arrondir(numerateur * 100, denominateur, 1) == Decimal(attendu)


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 3))
def test_rounding_is_that_of_exact_fractions(numerateur: int, denominateur: int, decimales: int) -> None:
    pas = Decimal(1).scaleb(-decimales)
    exact = Decimal(numerateur) / Decimal(denominateur)
    assert arrondir(numerateur, denominateur, decimales) == exact.quantize(pas, ROUND_HALF_UP)


MESURES = st.dictionaries(st.sampled_from(["A", "B", "C"]), st.integers(0, 10**6))


@given(st.lists(MESURES, max_size=8))
def test_totals_are_sums_whatever_the_cut(lignes: list[dict[str, int]]) -> None:
    moitie = len(lignes) // 2
    entier = additionner(lignes)
    assert additionner([additionner(lignes[:moitie]), additionner(lignes[moitie:])]) == entier
    assert all(entier[m] == sum(x.get(m, 0) for x in lignes) for m in entier)


def test_a_total_is_never_a_mean_of_rates() -> None:
    total = additionner([{"N": 1, "D": 10}, {"N": 90, "D": 100}])
    cellule = faire_cellule(OP.RAPPORT, total["N"], total["D"], decimales=1, seuils=SEUILS)
    assert cellule.valeur == Decimal("82.7")  # and not 50,0


def test_a_difference_is_also_read_in_per_cent() -> None:
    assert part(Cellule(E.VALEUR, 2, 2, 5)) == Decimal("40.0")
    assert part(Cellule(E.VALEUR, -2, -2, 5)) == Decimal("-40.0")
    assert part(Cellule(E.VALEUR, 2, 2, 0)) is None
    assert part(Cellule(E.NON_DISPONIBLE)) is None


def test_what_one_case_weighs() -> None:
    assert poids(24) == Decimal("4.2")
