"""What changed between two trees."""

import json

from hypothesis import given

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre import difference
from sne.registre.contenu.rules.arbre.champs import champ_de
from sne.registre.contenu.rules.arbre.difference import Changement, deplier
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_nirs, avec_personnes
from tests.registre import strategies
from tests.registre.exemples import COTITULAIRE, minimale

A, B = "0190a000-0000-7000-8000-00000000000a", "0190a000-0000-7000-8000-00000000000b"
EMPREINTE = "ab" * 32


def _cotitulaire(personne=None, nom="ROSSI"):
    return {
        **COTITULAIRE,
        "personne": personne,
        "identite": {**COTITULAIRE["identite"], "nom_naissance": nom},
    }


def test_same_tree_has_no_difference():
    assert difference(minimale(), minimale()) == ()


def test_one_leaf():
    apres = minimale(souhaits__loyer_maximum="600.5", demandeur__identite__date_naissance="1987-03-03")
    assert difference(minimale(), apres) == (
        Changement("demandeur.identite.date_naissance", "1987-03-02", "1987-03-03"),
        Changement("souhaits.loyer_maximum", None, "600.50"),
    )


def test_lists_of_plain_values_are_compared_whole_because_order_means_something():
    avant, apres = minimale(motifs={"codes": ["01", "05"]}), minimale(motifs={"codes": ["05", "01"]})
    assert difference(avant, apres) == (Changement("motifs.codes", ["01", "05"], ["05", "01"]),)
    ailleurs = minimale(
        souhaits__localisations=[{"commune": "2A004"}, {"commune": "2A041", "quartier": "port"}]
    )
    assert difference(minimale(), ailleurs) == (
        Changement(
            "souhaits.localisations",
            [{"commune": "2A004"}],
            [{"commune": "2A004"}, {"commune": "2A041", "quartier": "port"}],
        ),
    )


def test_cotitulaire_added_and_removed_is_one_change():
    avec_lui = minimale(cotitulaires=[_cotitulaire()])
    (ajout,) = difference(minimale(), avec_lui)
    assert (ajout.chemin, ajout.avant, ajout.ajout, ajout.retrait) == ("cotitulaires[0]", None, True, False)
    assert ajout.apres["identite"]["nom_naissance"] == "ROSSI"
    (retrait,) = difference(avec_lui, minimale())
    assert (retrait.apres, retrait.ajout, retrait.retrait) == (None, False, True)


def test_cotitulaires_are_matched_by_person_never_by_rank():
    avant = minimale(cotitulaires=[_cotitulaire(A, "ALPHA"), _cotitulaire(B, "BETA")])
    apres = minimale(cotitulaires=[_cotitulaire(B, "BETA")])
    (retrait,) = difference(avant, apres)
    assert (retrait.chemin, retrait.retrait) == ("cotitulaires[0]", True)
    assert retrait.avant["identite"]["nom_naissance"] == "ALPHA"


def test_cotitulaire_replaced_by_another_person_is_a_departure_and_an_arrival():
    avant, apres = minimale(cotitulaires=[_cotitulaire(A)]), minimale(cotitulaires=[_cotitulaire(B)])
    assert [(c.chemin, c.retrait, c.ajout) for c in difference(avant, apres)] == [
        ("cotitulaires[0]", True, False),
        ("cotitulaires[0]", False, True),
    ]


def test_cotitulaire_without_person_yet_is_matched_by_rank_and_the_person_is_no_change():
    avant, apres = (
        minimale(cotitulaires=[_cotitulaire()]),
        minimale(cotitulaires=[_cotitulaire(A, "ROSSINI")]),
    )
    assert difference(avant, apres) == (
        Changement("cotitulaires[0].identite.nom_naissance", "ROSSI", "ROSSINI"),
    )


def test_cotitulaires_in_another_order():
    alpha, beta = _cotitulaire(A, "ALPHA"), _cotitulaire(B, "BETA")
    avant, apres = minimale(cotitulaires=[alpha, beta]), minimale(cotitulaires=[beta, alpha])
    assert difference(avant, apres) == (Changement("cotitulaires", [1, 2], [2, 1]),)


def test_dependants_are_matched_by_key():
    avant = minimale(
        foyer={"personnes_a_charge": [{"identifiant": "a"}, {"identifiant": "b", "prenoms": "Zoé"}]}
    )
    apres = minimale(
        foyer={"personnes_a_charge": [{"identifiant": "b", "prenoms": "Zoë"}, {"identifiant": "c"}]}
    )
    assert difference(avant, apres) == (
        Changement("foyer.personnes_a_charge[0]", {"identifiant": "a"}, None),
        Changement("foyer.personnes_a_charge[0].prenoms", "Zoé", "Zoë"),
        Changement("foyer.personnes_a_charge[1]", None, {"identifiant": "c"}),
    )


def test_children_in_custody_are_matched_by_birth_then_by_rank():
    un, deux = {"date_naissance": "2018-01-01", "sexe": "F"}, {"date_naissance": "2020-01-01", "sexe": "M"}
    avant = minimale(foyer={"enfants_en_garde": [un, deux]})
    assert difference(avant, minimale(foyer={"enfants_en_garde": [deux]})) == (
        Changement("foyer.enfants_en_garde[0]", un, None),
    )
    corrige = minimale(foyer={"enfants_en_garde": [{**un, "sexe": "M"}, deux]})
    assert difference(avant, corrige) == (Changement("foyer.enfants_en_garde[0].sexe", "F", "M"),)


def test_handicap_sheets_are_matched_by_person():
    une, autre = {"personne": "demandeur", "etat": "STA"}, {"personne": "charge:a", "etat": "EVO"}
    avant = minimale(handicaps=[une, autre])
    assert difference(avant, minimale(handicaps=[autre])) == (Changement("handicaps[0]", une, None),)
    assert difference(avant, minimale(handicaps=[une, {**autre, "personne": "garde:1"}])) == (
        Changement("handicaps[1].personne", "charge:a", "garde:1"),
    )


def test_optional_block_that_comes_or_goes_is_told_field_by_field():
    ailleurs = minimale(logement_actuel={"adresse": {"voie": "rue Fesch", "commune": "2A004"}})
    assert difference(minimale(), ailleurs) == (
        Changement("logement_actuel.adresse.commune", None, "2A004"),
        Changement("logement_actuel.adresse.voie", None, "rue Fesch"),
    )
    assert difference(ailleurs, minimale())[0] == Changement("logement_actuel.adresse.commune", "2A004", None)


def test_empty_optional_block_is_a_change_too():
    assert difference(minimale(), minimale(logement_actuel={"adresse": {}})) == (
        Changement("logement_actuel.adresse", None, {}),
    )


def test_applicant_that_comes_is_told_field_by_field():
    chemins = {c.chemin for c in difference(Contenu(titulaire="PERSONNE"), minimale())}
    assert {"demandeur.identite.nom_naissance", "demandeur.adresse_courrier.voie"} <= chemins


def test_nir_is_told_by_its_state_only():
    trace = arbre.Nir(etat=arbre.EtatNir.PERMANENT, empreinte=EMPREINTE)
    autre = arbre.Nir(etat=arbre.EtatNir.PERMANENT, empreinte="cd" * 32)
    avant, apres = (avec_nirs(minimale(), {"demandeur": nir}) for nir in (trace, autre))
    assert difference(minimale(), avant) == (Changement("demandeur.identite.nir", None, "PERMANENT"),)
    assert difference(avant, apres) == (Changement("demandeur.identite.nir", "PERMANENT", "PERMANENT"),)
    ajoute = minimale(cotitulaires=[{**_cotitulaire(A), "identite": {"nir": trace.model_dump()}}])
    assert EMPREINTE not in json.dumps(difference(minimale(), ajoute)[0].apres)
    assert A not in json.dumps(difference(minimale(), ajoute)[0].apres)


def test_phone_is_told_as_typed():
    apres = minimale(demandeur__contact={"telephone_portable": "06.12.34.56.78"})
    assert difference(minimale(), apres) == (
        Changement("demandeur.contact.telephone_portable", None, "06.12.34.56.78"),
    )


def test_unfolding_gives_leaves_and_leaves_the_rest_alone():
    bloc = Changement("cotitulaires[0]", None, {"identite": {"nom_naissance": "X"}, "contact": {}})
    assert list(deplier(bloc)) == [
        Changement("cotitulaires[0].identite.nom_naissance", None, "X"),
        Changement("cotitulaires[0].contact", None, {}),
    ]
    feuille = Changement("precisions", "a", "b")
    assert list(deplier(feuille)) == [feuille]


def _sans_personne(contenu):
    return avec_personnes(contenu, {reference: None for reference, _ in adultes(contenu)})


@given(avant=strategies.contenus, apres=strategies.contenus)
def test_no_difference_means_that_both_say_the_same(avant, apres):
    changements = difference(avant, apres)
    assert (changements == ()) == (_sans_personne(avant) == _sans_personne(apres))
    assert json.dumps([[c.avant, c.apres] for c in changements])
    assert all(champ_de(c.chemin) for c in changements)


@given(contenu=strategies.contenus)
def test_a_tree_does_not_differ_from_itself(contenu):
    assert difference(contenu, contenu) == ()
