"""Limits of documents come from the dated parameters."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sne.documents.rules import Delais, Limites
from sne.referentiels.rules import Periode, ValeurDatee, parametres_en_vigueur
from sne.registre.pieces.selectors.documents import bornes_de, get_bornes, get_delais, get_limites
from tests.documents.limites import BORNES

pytestmark = pytest.mark.django_db


def test_limits_are_those_of_the_day() -> None:
    assert get_limites(date(2026, 11, 24)) == Limites(octets=50_000_000, pages=150, lecture=BORNES)
    assert get_delais(date(2026, 11, 24)) == Delais(timedelta(hours=2), timedelta(hours=24))


def test_what_reading_may_cost_is_a_dated_parameter() -> None:
    assert (BORNES.memoire, BORNES.processeur, BORNES.pixels) == (1_400_000_000, 60, 64_000_000)
    assert get_bornes(date(2026, 11, 24)) == BORNES
    resserree = ValeurDatee("lecture_processeur_secondes", 5, Periode(debut=date(2027, 1, 1)))
    la_veille, ce_jour = (
        bornes_de(parametres_en_vigueur([resserree], le)) for le in (date(2026, 12, 31), date(2027, 1, 1))
    )
    assert (la_veille, ce_jour) == (BORNES, replace(BORNES, processeur=5))
