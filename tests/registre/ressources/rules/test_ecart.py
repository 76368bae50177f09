"""Declared beside known: a difference where both have a figure, and nowhere else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from sne.registre.contenu.rules.arbre.personnes import RessourceRecue, Ressources
from sne.registre.ressources.rules.ecart import comparer, prochaine_arrivee, total_declare
from tests.registre.ressources.ressources import ABSENCES, MOIS


def declarees(*montants: Any) -> Ressources:
    return Ressources(recues=tuple(RessourceRecue(nature="1", montant_mensuel=m) for m in montants))


def test_the_difference_with_the_mean_of_the_months_that_have_a_figure() -> None:
    ecart = comparer(declarees(Decimal(500), Decimal(300)), MOIS)
    assert ecart is not None
    assert (ecart.declare, ecart.connu.montant, ecart.connu.mois_comptes) == (800, Decimal("724.10"), 2)
    assert (ecart.euros, ecart.part) == (Decimal("-75.90"), Decimal("-0.095"))


def test_of_a_declared_zero_no_part() -> None:
    ecart = comparer(declarees(Decimal(0)), MOIS)
    assert ecart is not None
    assert ecart.part is None


@pytest.mark.parametrize("montants", [(), (None,), (Decimal(500), None)])
def test_what_is_not_declared_is_not_zero(montants: Any) -> None:
    assert total_declare(declarees(*montants)) is None
    assert comparer(declarees(*montants), MOIS) is None


def test_no_figure_known_no_difference() -> None:
    assert comparer(declarees(Decimal(500)), ABSENCES) is None


@pytest.mark.parametrize(
    ("le", "mois", "des"),
    [
        (date(2026, 11, 19), date(2026, 10, 1), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 1), date(2026, 12, 20)),
        (date(2026, 12, 31), date(2026, 12, 1), date(2027, 1, 20)),
    ],
)
def test_the_next_month_expected(le: date, mois: date, des: date) -> None:
    assert prochaine_arrivee(le, jour=20) == (mois, des)
