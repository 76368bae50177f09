"""What is derived from a tree and never stored in it."""

from datetime import date
from decimal import Decimal

import pytest

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.derive import ressources_mensuelles
from sne.registre.contenu.rules.arbre.lieux import Localite
from sne.registre.contenu.rules.arbre.racine import Contenu
from tests.registre.exemples import ASSOCIATION, COTITULAIRE, avec, minimale


@pytest.mark.parametrize(
    ("naissance", "jour", "ans"),
    [
        (date(2000, 3, 2), date(2026, 3, 1), 25),
        (date(2000, 3, 2), date(2026, 3, 2), 26),
        (date(2000, 2, 29), date(2026, 2, 28), 26),
        (date(2000, 2, 29), date(2026, 2, 27), 25),
    ],
)
def test_age(naissance, jour, ans):
    assert arbre.age(naissance, jour) == ans


def test_household_size_counts_everyone_to_be_housed():
    contenu = minimale(
        cotitulaires=[COTITULAIRE],
        foyer={
            "personnes_a_charge": [{"identifiant": "a"}, {"identifiant": "b"}],
            "enfants_en_garde": [{"mode_garde": "G"}, {"mode_garde": "D"}],
            "enfants_a_naitre": {"nombre": 2},
        },
    )
    assert arbre.nb_personnes(contenu) == 8


def test_household_size_of_the_least_tree_and_of_an_association():
    assert arbre.nb_personnes(minimale()) == 1
    assert arbre.nb_personnes(avec(ASSOCIATION)) == 0


def _rfr(montant):
    return {"n_moins_2": {"annee": 2024, "montant": montant}}


def test_reference_income_is_the_sum_of_adults():
    contenu = minimale(
        demandeur__revenus_fiscaux=_rfr("12000.50"),
        cotitulaires=[{**COTITULAIRE, "revenus_fiscaux": _rfr(-500)}],
    )
    assert arbre.rfr_reference(contenu) == Decimal("11500.50")


def test_reference_income_is_unknown_when_one_is():
    assert arbre.rfr_reference(minimale(demandeur__revenus_fiscaux=_rfr(0))) == Decimal(0)
    partiel = minimale(demandeur__revenus_fiscaux=_rfr(12000), cotitulaires=[COTITULAIRE])
    assert arbre.rfr_reference(partiel) is None
    assert arbre.rfr_reference(avec(ASSOCIATION)) is None


def test_monthly_resources_add_everyone_and_take_payments_off():
    ressources = {"recues": [{"nature": "SAL", "montant_mensuel": 1200}, {"nature": "AF"}]}
    contenu = minimale(
        demandeur__ressources={**ressources, "versees": [{"nature": "PAV", "montant_mensuel": 150}]},
        foyer={"ressources_personnes_a_charge": {"recues": [{"nature": "BE", "montant_mensuel": "99.99"}]}},
    )
    assert ressources_mensuelles(contenu) == Decimal("1149.99")
    assert ressources_mensuelles(minimale()) is None


def test_projection():
    contenu = minimale(
        souhaits={
            "categorie": "A",
            "types_logement": ["T3", "T2", "T3"],
            "localisations": [
                {"commune": "2A041", "quartier": "port"},
                {"commune": "2A004"},
                {"commune": "2A041"},
                {"quartier": "?"},
            ],
            "accepte_autres_communes": True,
            "loyer_maximum": 650,
        },
        logement_actuel={"statuts_occupation": ["HLM"]},
        demandeur__revenus_fiscaux=_rfr(15000),
    )
    projection = arbre.projeter(contenu)
    assert projection == arbre.Projection(
        titulaire="PERSONNE",
        nb_personnes=1,
        communes_souhaitees=("2A041", "2A004"),
        types_logement=("T3", "T2"),
        categorie_logement="A",
        accepte_autres_communes=True,
        loyer_maximum=Decimal("650.00"),
        rfr_reference=Decimal("15000.00"),
        deja_locataire_hlm=True,
    )


def test_projection_of_an_empty_tree():
    projection = arbre.projeter(Contenu(titulaire="PERSONNE"))
    assert (projection.categorie_logement, projection.communes_souhaitees) == ("", ())
    assert (projection.accepte_autres_communes, projection.rfr_reference) == (False, None)


def test_place_that_was_filled():
    assert Localite(commune="2A004").renseignee_en_france
    assert Localite(pays="Italie").renseignee_a_l_etranger
    assert not Localite(etranger=True).renseignee_a_l_etranger
