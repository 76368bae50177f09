"""Counters and bodies as other modules read them."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest

from sne.referentiels import selectors
from sne.referentiels.models import Guichet
from sne.referentiels.rules import CategorieOrganisme, TypeOrganisme

LE = date(2026, 11, 24)


@pytest.mark.django_db
def test_get_guichet() -> None:
    fiche = selectors.get_guichet("099", "G0993", le=LE)
    assert fiche is not None
    assert (fiche.libelle, fiche.organisme_nom) == ("CCAS d’Aurette-la-Ville", "CCAS d’Aurette-la-Ville")
    assert (fiche.type_organisme, fiche.categorie) == (TypeOrganisme.COLLECTIVITE, CategorieOrganisme.CCAS)
    assert (fiche.commune, fiche.code_postal, fiche.fictif, fiche.virtuel) == ("99001", "99000", True, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("territoire", "code", "le"),
    [
        ("099", "G9999", LE),
        ("02B", "G0993", LE),  # of another territory
        ("099", "G0993", date(2011, 3, 27)),  # eve of its opening
    ],
)
def test_get_guichet_absent_or_closed(territoire: str, code: str, le: date) -> None:
    assert selectors.get_guichet(territoire, code, le=le) is None


@pytest.mark.usefixtures("en_owner")
def test_closed_counter_disappears_the_day_after() -> None:
    Guichet.objects.filter(id="099G0993").update(fin=LE)
    assert selectors.get_guichet("099", "G0993", le=LE) is not None
    assert selectors.get_guichet("099", "G0993", le=date(2026, 11, 25)) is None
    assert "G0993" not in [g.code for g in selectors.list_guichets("099", le=date(2026, 11, 25))]


@pytest.mark.django_db
def test_list_guichets_of_one_territory_portal_last() -> None:
    guichets = selectors.list_guichets("099", le=LE)
    assert len(guichets) == 41
    assert {g.territoire for g in guichets} == {"099"}
    assert [g.code for g in guichets if g.virtuel] == [guichets[-1].code] == ["GDPUB"]
    assert [g.code for g in selectors.list_guichets("02B", le=LE)] == ["GD2B1", "GD2B2", "GDPUB"]


@pytest.mark.django_db
@pytest.mark.parametrize("territoire", ["974", "099"])
def test_list_guichets_costs_one_query(
    territoire: str, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    with django_assert_num_queries(1):
        selectors.list_guichets(territoire, le=LE)
