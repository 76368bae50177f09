"""Which fields an operation touches, from the changes of the tree and from the documents."""

import uuid

import pytest

from sne.referentiels.rules import catalogue_par_defaut
from sne.registre.contenu.rules.arbre.champs import champs as champs_du_contenu
from sne.registre.contenu.rules.arbre.difference import Changement
from sne.registre.controle.rules.operations import (
    GROUPES,
    ORDINAIRES,
    Champ,
    Operation,
    TypeOperation,
    agent_de,
    champs_de,
    champs_des_pieces,
)
from sne.socle.acteur import Acteur, Canal
from tests.registre.controle.rules.exemples import JOUR, a_paris


@pytest.mark.parametrize(
    ("chemin", "champ"),
    [
        ("demandeur.identite.nom_naissance", Champ.NOM_NAISSANCE),
        ("demandeur.identite.nom_usage", Champ.NOM_USAGE),
        ("demandeur.identite.prenoms", Champ.PRENOMS),
        ("demandeur.identite.date_naissance", Champ.DATE_NAISSANCE),
        ("demandeur.identite.nir", Champ.NIR),
        ("demandeur.contact.courriel", Champ.COURRIEL),
        ("demandeur.contact.telephone_portable", Champ.TELEPHONE),
        ("demandeur.contact.telephone_domicile", Champ.TELEPHONE),
        ("demandeur.contact.telephone_travail", Champ.TELEPHONE),
        ("association.contact.courriel", Champ.COURRIEL),
        ("demandeur.adresse_courrier.code_postal", Champ.ADRESSE),
        ("demandeur.adresse_courrier", Champ.ADRESSE),
        ("demandeur.revenus_fiscaux.n_moins_1.montant", Champ.REVENUS),
        ("demandeur.ressources.recues", Champ.REVENUS),
        ("foyer.ressources_personnes_a_charge.recues", Champ.REVENUS),
        ("foyer.personnes_a_charge[2].nom", Champ.FOYER),
        ("foyer.enfants_a_naitre.nombre", Champ.FOYER),
        ("cotitulaires[0]", Champ.CODEMANDEUR),
        ("cotitulaires", Champ.CODEMANDEUR),
        ("cotitulaires[1].identite.nom_naissance", Champ.CODEMANDEUR),
        ("cotitulaires[1].contact.courriel", Champ.COURRIEL),
        ("cotitulaires[1].ressources.recues", Champ.REVENUS),
    ],
)
def test_path_of_the_tree(chemin: str, champ: Champ) -> None:
    assert champs_de([Changement(chemin, "a", "b")]) == {champ}


@pytest.mark.parametrize(
    "chemin",
    [
        "accompagnant.courriel",
        "souhaits.types_logement",
        "demandeur.identite.nationalite",
        "motifs.principal",
    ],
)
def test_what_no_control_looks_at(chemin: str) -> None:
    assert champs_de([Changement(chemin, "a", "b")]) == frozenset()


@pytest.mark.parametrize(
    ("avant", "apres", "champs"),
    [("1", "2", {Champ.SEXE}), ("3", "2", set()), (None, "1", {Champ.SEXE}), ("2", "3", set())],
)
def test_civility_counts_for_the_sex_it_tells(avant: str | None, apres: str, champs: set[Champ]) -> None:
    assert champs_de([Changement("demandeur.identite.civilite", avant, apres)]) == champs


def test_every_way_to_reach_the_household_is_known() -> None:
    """A field added to the form beside the others would else change in silence."""
    contacts = [chemin for chemin in champs_du_contenu() if ".contact." in chemin]
    assert len(contacts) > 8
    for chemin in contacts:
        assert champs_de([Changement(chemin.replace("[]", "[0]"), "a", "b")]) <= {
            Champ.COURRIEL,
            Champ.TELEPHONE,
        }
        assert champs_de([Changement(chemin.replace("[]", "[0]"), "a", "b")])


def test_documents() -> None:
    assert champs_des_pieces(["IDENTITE", "SEJOUR_AUTRES"]) == {Champ.PJ_IDENTITE}
    assert champs_des_pieces(["AVIS_IMPOSITION_N1", "RESSOURCES_BOURSE"]) == {Champ.PJ_REVENUS}
    assert champs_des_pieces(["MARIAGE"]) == {Champ.PJ_AUTRE}
    codes = {type_piece.code for type_piece in catalogue_par_defaut(JOUR).types}
    assert champs_des_pieces(codes) == {Champ.PJ_IDENTITE, Champ.PJ_REVENUS, Champ.PJ_AUTRE}


def test_every_field_is_in_one_group_or_in_none() -> None:
    membres = [champ for groupe in GROUPES.values() for champ in groupe]
    assert len(membres) == len(set(membres))
    assert set(Champ) - set(membres) == {Champ.SEXE, Champ.PJ_REVENUS, Champ.PJ_AUTRE, Champ.REACTIVATION}
    assert Champ.REVENUS in ORDINAIRES


@pytest.mark.parametrize(
    ("canal", "oui"),
    [(Canal.GUICHET, True), (Canal.INTERFACE, True), (Canal.PGP, False), (Canal.SYSTEME, False)],
)
def test_professional_channels(canal: Canal, oui: bool) -> None:
    assert Operation(a_paris(2026, 1, 5), canal).professionnelle is oui


def test_author_is_the_agent_else_the_counter() -> None:
    assert Operation(a_paris(2026, 1, 5), Canal.GUICHET, "G0991", "camille").auteur == "camille"
    assert Operation(a_paris(2026, 1, 5), Canal.GUICHET, "G0991").auteur == "guichet:G0991"
    machine = uuid.uuid4()
    for agent, qui in (("", "guichet:G0991"), ("a-1043", f"{machine}/a-1043")):
        nomme = agent_de(Acteur(machine, "Logiciel", Canal.INTERFACE, agent=agent))
        assert Operation(a_paris(2026, 1, 5), Canal.INTERFACE, "G0991", nomme).auteur == qui
    assert agent_de(Acteur(machine, "Camille", Canal.GUICHET)) == str(machine)
    assert Operation(a_paris(2026, 1, 5), Canal.GUICHET, type=TypeOperation.REACTIVATION).reactive
