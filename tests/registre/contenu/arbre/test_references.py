"""How members of a household are named, found and replaced in one tree."""

import uuid
from datetime import date

import pytest

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.personnes import EtatNir, Identite, Nir
from sne.registre.contenu.rules.arbre.references import date_naissance
from tests.registre.exemples import ASSOCIATION, COTITULAIRE, avec, minimale

PERSONNE = uuid.UUID("0190a000-0000-7000-8000-000000000001")


@pytest.fixture
def foyer():
    return minimale(
        cotitulaires=[COTITULAIRE],
        foyer={
            "personnes_a_charge": [{"identifiant": "a", "date_naissance": "2015-01-02"}],
            "enfants_en_garde": [{"date_naissance": "2018-03-04"}],
        },
    )


def test_members_in_order(foyer):
    assert [reference for reference, _ in arbre.membres(foyer)] == [
        "demandeur",
        "cotitulaire:1",
        "charge:a",
        "garde:1",
    ]


def test_members_of_an_association_are_nobody():
    assert list(arbre.membres(avec(ASSOCIATION))) == []


def test_paths(foyer):
    assert [arbre.chemin_de(reference, foyer) for reference, _ in arbre.membres(foyer)] == [
        "demandeur",
        "cotitulaires[0]",
        "foyer.personnes_a_charge[0]",
        "foyer.enfants_en_garde[0]",
    ]
    with pytest.raises(KeyError):
        arbre.chemin_de("garde:2", foyer)


def test_member_by_reference(foyer):
    assert arbre.membre(foyer, "charge:a") is foyer.foyer.personnes_a_charge[0]
    assert arbre.membre(foyer, "charge:b") is None


def test_birth_dates_wherever_they_are(foyer):
    dates = [date_naissance(membre) for _, membre in arbre.membres(foyer)]
    assert dates == [date(1987, 3, 2), date(1985, 6, 30), date(2015, 1, 2), date(2018, 3, 4)]


def test_persons_are_set_and_unset(foyer):
    marque = arbre.avec_personnes(foyer, {"demandeur": PERSONNE, "cotitulaire:1": str(PERSONNE)})
    assert [adulte.personne for _, adulte in arbre.adultes(marque)] == [str(PERSONNE)] * 2
    assert arbre.avec_personnes(marque, {"demandeur": None, "cotitulaire:1": None}) == foyer


def test_identities_are_replaced_for_those_named_only(foyer):
    autre = Identite(nom_naissance="AUTRE")
    change = arbre.avec_identites(foyer, {"cotitulaire:1": autre, "cotitulaire:9": autre})
    assert change.cotitulaires[0].identite is autre
    assert change.demandeur == foyer.demandeur
    assert change.cotitulaires[0].situation_familiale == "M"


def test_traces_of_nir_are_set(foyer):
    trace = Nir(etat=EtatNir.AUCUN)
    change = arbre.avec_nirs(foyer, {"demandeur": trace, "cotitulaire:9": trace})
    assert change.demandeur.identite.nir is trace
    assert change.demandeur.identite.nom_naissance == "LECA"
    assert arbre.avec_nirs(change, {"demandeur": None}) == foyer


def test_an_association_has_no_adult_to_replace():
    association = avec(ASSOCIATION)
    assert arbre.avec_personnes(association, {"demandeur": PERSONNE}) == association
