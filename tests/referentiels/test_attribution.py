"""Landlords and mediation commissions: who is where, on which day, and what the database refuses."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from sne.referentiels.models import CommissionMediation, Commune, Parc
from sne.referentiels.selectors import get_geographie, list_bailleurs, list_commissions

pytestmark = pytest.mark.django_db
LE = date(2026, 11, 24)


def test_landlords_of_each_commune_the_largest_first() -> None:
    lus = list_bailleurs(["99005", "99012", "99007"], le=LE)
    assert set(lus) == {"99005", "99007"}  # no landlord at all in Hauteclaire
    assert [(b.nom, b.logements) for b in lus["99005"]] == [
        ("Aurette Logement", 430),
        ("Habitat Val-d’Aurette", 390),
    ]
    assert lus["99005"][0].organisme == "999000045"


def test_stock_counts_on_its_days_only() -> None:
    assert list_bailleurs(["99005"], le=date(2025, 12, 31)) == {}


def test_commission_of_a_departement_with_its_abnormal_wait() -> None:
    (commission,) = list_commissions(["99"], le=LE)
    assert commission.nom == "Commission de médiation du Val-d’Aurette"
    assert commission.delai_anormal_mois == 24
    assert commission.ville == "Aurette-la-Ville"


def test_commissions_of_several_departements_in_order_and_unknown_ones_absent() -> None:
    assert [c.departement for c in list_commissions({"93", "75", "13"}, le=LE)] == ["75", "93"]
    assert list_commissions(["99"], le=date(2009, 1, 11)) == ()


@pytest.mark.parametrize("nombre", [1, 3])
def test_one_query_each_whatever_the_number(nombre: int, django_assert_num_queries: object) -> None:
    communes, departements = ["99001", "99002", "99003"][:nombre], ["75", "92", "93"][:nombre]
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(list_bailleurs(communes, le=LE)) == nombre
        assert len(list_commissions(departements, le=LE)) == nombre


def test_each_departement_with_a_counter_has_a_commission() -> None:
    geographie = get_geographie()
    territoires = {"099", "02A", "02B", "974", "111"}
    attendus = {
        departement
        for code, departement in Commune.objects.values_list("code", "departement_id")
        if geographie.territoire_de_commune(code) in territoires
    }
    assert {c.departement for c in list_commissions(attendus, le=LE)} == attendus


@pytest.mark.usefixtures("en_owner")
def test_database_refuses_an_empty_stock_and_a_wait_of_nothing() -> None:
    with pytest.raises(IntegrityError, match="parc_non_vide"), transaction.atomic():
        Parc.objects.create(organisme_id="999000011", commune_id="99012", logements=0)
    with pytest.raises(IntegrityError, match="commission_mediation_delai"), transaction.atomic():
        CommissionMediation.objects.create(
            departement_id="13", nom="x", voie="x", code_postal="13000", ville="x", delai_anormal_mois=0
        )


def test_runtime_role_writes_none() -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Parc.objects.filter(commune="99001").update(logements=1)
