"""What a drawing says in words, and where its axis and classes are cut."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.infocentre.dessins.echelle import CLASSES_AU_PLUS, classer, graduer
from sne.infocentre.dessins.mots import (
    Mesure,
    conclure_un_histogramme,
    conclure_un_rang,
    conclure_une_courbe,
)
from sne.infocentre.rapports.tableau import Cellule, EtatCellule

E = EtatCellule
PART, COMPTE, DELAI = Mesure("Part de l’État", "%", 1), Mesure("Demandes"), Mesure("Délai", "jours", 1)
RIEN = Cellule(E.NON_DISPONIBLE)


def compte(valeur: int) -> Cellule:
    return Cellule(E.VALEUR if valeur else E.ZERO, valeur)


@pytest.mark.parametrize(
    ("cellule", "dit"),
    [
        (Cellule(E.VALEUR, Decimal("12.5"), 1, 8), "12,5\u00a0%"),
        (Cellule(E.VALEUR, Decimal("-1204.25"), 1, 8), "−1\u00a0204,3\u00a0%"),
        (Cellule(E.ZERO, 0), "0,0\u00a0%"),
        (Cellule(E.VIDE), "–"),
        (Cellule(E.SANS_OBJET), "s.\u00a0o."),
        (RIEN, "n.\u00a0d."),
        (Cellule(E.FRAGILE, Decimal("33.33"), 4, 12), "33,3\u00a0%\u00a0±"),
        (Cellule(E.TROP_PETIT, None, 2, 7), "2 sur 7"),
        (Cellule(E.SECRET, 5, 1, 2), "▪"),
    ],
)
def test_each_state_has_its_sign(cellule: Cellule, dit: str) -> None:
    assert PART.montrer(cellule) == dit


@pytest.mark.parametrize(
    ("cellules", "dit"),
    [
        ([("A", compte(3)), ("B", compte(12)), ("C", RIEN)],
         "12 au plus haut (B), 3 au plus bas (A). 1\u00a0ligne n’a pas de chiffre."),
        ([("A", compte(3)), ("B", RIEN), ("C", Cellule(E.SECRET, 7))],
         "3 (A). 2\u00a0lignes n’ont pas de chiffre."),
        ([("A", compte(3)), ("B", compte(3))], "3 partout."),
        ([("A", RIEN)], "aucun chiffre à montrer."),
        ([], "aucun chiffre à montrer."),
    ],
)  # fmt: skip
def test_the_conclusion_of_bars(cellules: Sequence[tuple[str, Cellule]], dit: str) -> None:
    assert conclure_un_rang(COMPTE, cellules, quoi=("ligne", "lignes")) == f"Demandes\u00a0: {dit}"


def _mois(*valeurs: Cellule) -> list[tuple[date, Cellule]]:
    return [(date(2026, rang, 1), c) for rang, c in enumerate(valeurs, start=1)]


@pytest.mark.parametrize(
    ("mesure", "points", "dit"),
    [
        (COMPTE, _mois(compte(200), RIEN, compte(216)),
         "de 200 en janvier 2026 à 216 en mars 2026, soit 8,0\u00a0% de plus. 1\u00a0mois n’a pas de chiffre."),
        (COMPTE, _mois(compte(10), compte(10)), "de 10 en janvier 2026 à 10 en février 2026, sans changement."),
        (COMPTE, _mois(compte(0), compte(7)), "de 0 en janvier 2026 à 7 en février 2026, soit 7 de plus."),
        (PART, _mois(Cellule(E.VALEUR, Decimal(14)), Cellule(E.VALEUR, Decimal("11.9"))),
         "de 14,0\u00a0% en janvier 2026 à 11,9\u00a0% en février 2026, soit 2,1\u00a0points de moins."),
        (COMPTE, _mois(RIEN, compte(4)), "4 en février 2026. 1\u00a0mois n’a pas de chiffre."),
        (COMPTE, _mois(RIEN), "aucun chiffre à montrer."),
    ],
)  # fmt: skip
def test_the_conclusion_of_a_line(mesure: Mesure, points: list[tuple[date, Cellule]], dit: str) -> None:
    assert conclure_une_courbe(mesure, points) == f"{mesure.nom}\u00a0: {dit}"


def test_the_conclusion_of_a_histogram() -> None:
    classes = [("0-10", 312), ("11-20", 88)]
    dit = conclure_un_histogramme(DELAI, classes, dedans=1, mots="en dix jours au plus")
    assert dit == "Délai\u00a0: 312 sur 400 (78,0\u00a0%) en dix jours au plus."
    vide = conclure_un_histogramme(DELAI, [("0-10", 0)], dedans=1, mots="en dix jours au plus")
    assert vide == "Délai\u00a0: aucun cas dans cette période."


@given(st.lists(st.decimals(-10_000, 1_000_000, places=1), max_size=20), st.booleans())
def test_graduations_hold_every_value_and_zero(valeurs: list[Decimal], entier: bool) -> None:
    bornes = graduer(valeurs, entier=entier)
    assert bornes[0] <= min([*valeurs, Decimal(0)])
    assert bornes[-1] >= max([*valeurs, Decimal(0)])
    assert 0 in bornes
    assert 2 <= len(bornes) <= 9
    assert not entier or all(b == b.to_integral_value() for b in bornes)


@given(st.lists(st.decimals(0, 100, places=1), max_size=60))
def test_classes_hold_each_value_once_in_order(valeurs: list[Decimal]) -> None:
    classes = classer(valeurs)
    assert len(classes) == min(CLASSES_AU_PLUS, len(set(valeurs)))
    assert all(sum(bas <= v <= haut for bas, haut in classes) == 1 for v in valeurs)
    assert [bas for bas, _ in classes] == sorted(bas for bas, _ in classes)
