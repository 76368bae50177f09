"""The least to be given a number, and the list of what a commission still needs."""

import pytest

from sne.registre.contenu.rules.anomalie import Niveau
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.completude import (
    IDENTITE_MINIMALE,
    elements_pour_instruire,
    manques_pour_enregistrer,
)
from tests.registre.exemples import ASSOCIATION, COTITULAIRE, avec, minimale


def manquants(contenu):
    return [a.chemin for a in manques_pour_enregistrer(contenu)]


def test_least_trees_may_be_registered():
    assert manquants(minimale()) == []
    assert manquants(minimale(cotitulaires=[COTITULAIRE])) == []
    assert manquants(avec(ASSOCIATION)) == []


def test_empty_tree_of_a_person_asks_for_the_legal_set_and_nothing_else():
    assert manquants(Contenu(titulaire="PERSONNE")) == [
        "demandeur.identite.civilite",
        "demandeur.identite.nom_naissance",
        "demandeur.identite.prenoms",
        "demandeur.identite.date_naissance",
        "demandeur.identite.nationalite",
        "demandeur.situation_familiale",
        "demandeur.adresse_courrier",
        "souhaits.types_logement",
        "souhaits.localisations",
        "souhaits.accepte_autres_communes",
    ]


def test_empty_tree_of_an_association():
    assert manquants(Contenu(titulaire="ASSOCIATION"))[:2] == [
        "association.nom",
        "association.adresse_courrier",
    ]
    assert manquants(avec(ASSOCIATION, association__nom=None)) == ["association.nom"]


@pytest.mark.parametrize("trait", IDENTITE_MINIMALE)
def test_each_trait_of_each_adult(trait):
    sans = {**COTITULAIRE, "identite": {**COTITULAIRE["identite"], trait: None}}
    contenu = minimale(cotitulaires=[COTITULAIRE, sans], **{f"demandeur__identite__{trait}": None})
    assert manquants(contenu) == [f"demandeur.identite.{trait}", f"cotitulaires[1].identite.{trait}"]


@pytest.mark.parametrize(
    ("changements", "chemin"),
    [
        ({"demandeur__situation_familiale": None}, "demandeur.situation_familiale"),
        ({"demandeur__adresse_courrier": None}, "demandeur.adresse_courrier"),
        ({"demandeur__adresse_courrier": {}}, "demandeur.adresse_courrier"),
        ({"cotitulaires": [{**COTITULAIRE, "lien_demandeur": None}]}, "cotitulaires[0].lien_demandeur"),
        ({"souhaits__types_logement": []}, "souhaits.types_logement"),
        ({"souhaits__localisations": []}, "souhaits.localisations"),
        ({"souhaits__localisations": [{"quartier": "Port"}]}, "souhaits.localisations"),
        ({"souhaits__accepte_autres_communes": None}, "souhaits.accepte_autres_communes"),
    ],
)
def test_each_of_the_other_fields(changements, chemin):
    (anomalie,) = manques_pour_enregistrer(minimale(**changements))
    assert (anomalie.chemin, anomalie.niveau) == (chemin, Niveau.BLOQUANT)
    assert anomalie.phrase.endswith(".")
    assert "\u00a0: " in anomalie.phrase


def test_co_holder_may_come_without_family_situation():
    assert manquants(minimale(cotitulaires=[{**COTITULAIRE, "situation_familiale": None}])) == []


def test_nothing_else_refuses_the_number():
    """CCH R441-2-3: no NIR, income, copy of a document or present dwelling is needed."""
    contenu = minimale()
    assert contenu.demandeur.identite.nir is None
    assert contenu.demandeur.revenus_fiscaux.n_moins_2.montant is None
    assert contenu.logement_actuel.statuts_occupation == ()
    assert manquants(contenu) == []


def _faits(contenu):
    return {element.chemin: element.fait for element in elements_pour_instruire(contenu)}


def test_nothing_is_followed_for_an_association():
    assert elements_pour_instruire(avec(ASSOCIATION)) == ()


def test_least_tree_has_everything_still_to_be_instructed():
    assert _faits(minimale()) == {
        "demandeur.identite.nir": False,
        "demandeur.situation_professionnelle.statut": False,
        "demandeur.revenus_fiscaux.n_moins_2.montant": False,
        "demandeur.ressources.recues": False,
        "logement_actuel.statuts_occupation": False,
        "logement_possede.possede": False,
        "motifs.codes": False,
    }


def test_everything_done():
    adulte = {
        "situation_professionnelle": {"statut": "RET"},
        "revenus_fiscaux": {"n_moins_2": {"montant": 0}},
        "ressources": {"recues": [{"nature": "RET"}]},
    }
    contenu = minimale(
        **{f"demandeur__{nom}": valeur for nom, valeur in adulte.items()},
        demandeur__identite__nir={"etat": "AUCUN"},
        cotitulaires=[
            {**COTITULAIRE, **adulte, "identite": {**COTITULAIRE["identite"], "nir": {"etat": "AUCUN"}}}
        ],
        foyer={
            "personnes_a_charge": [
                {
                    "identifiant": "a",
                    "nom": "LECA",
                    "prenoms": "Zoé",
                    "date_naissance": "2015-01-02",
                    "lien_parente": "E",
                }
            ],
            "enfants_en_garde": [{"date_naissance": "2018-01-01", "mode_garde": "G"}],
        },
        logement_actuel={
            "statuts_occupation": ["HLM", "SH", "RS"],
            "bailleur_social": {"nom": "Office"},
            "structure_hebergement": {"depuis": "2020-01-01", "nom": "Foyer"},
            "residence_sociale": {"depuis": "2020-01-01"},
        },
        logement_possede={"possede": True, "type": "T1", "localite": {"commune": "2A004"}},
        motifs={"codes": ["07"]},
        handicaps=[{"personne": "demandeur"}],
    )
    faits = _faits(contenu)
    assert set(faits.values()) == {True}
    assert {
        "cotitulaires[0].identite.nir",
        "foyer.personnes_a_charge[0]",
        "foyer.enfants_en_garde[0]",
        "logement_actuel.bailleur_social.nom",
        "logement_actuel.structure_hebergement.nom",
        "logement_actuel.residence_sociale.depuis",
        "logement_possede.localite",
        "handicaps",
    } <= set(faits)
    assert elements_pour_instruire(contenu)[0].libelle == "Demandeur, numéro de sécurité sociale"


def test_details_asked_by_what_is_declared():
    contenu = minimale(
        foyer={"personnes_a_charge": [{"identifiant": "a", "nom": "LECA"}], "enfants_en_garde": [{}]},
        logement_actuel={"statuts_occupation": ["HLM", "SH", "RS"]},
        logement_possede={"possede": True, "localite": {"ville_etrangere": "Gênes"}},
        motifs={"codes": ["07"]},
    )
    a_faire = [chemin for chemin, fait in _faits(contenu).items() if not fait]
    assert a_faire[4:] == [
        "foyer.personnes_a_charge[0]",
        "foyer.enfants_en_garde[0]",
        "logement_actuel.residence_sociale.depuis",
        "logement_actuel.structure_hebergement.depuis",
        "logement_actuel.structure_hebergement.nom",
        "logement_actuel.bailleur_social.nom",
        "logement_possede.localite",
        "handicaps",
    ]
