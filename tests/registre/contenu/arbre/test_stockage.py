"""Stored documents: what is in which, the way back, older schemas, and any tree at all."""

import json
import uuid
from importlib.resources import files

import pytest
from hypothesis import given

from sne.registre.contenu.rules import arbre
from sne.registre.contenu.rules.arbre.personnes import Identite
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import adultes, avec_personnes
from sne.registre.contenu.rules.arbre.stockage import RELEVEURS, SCHEMA, Document, SchemaInconnu, relever
from tests.registre import strategies
from tests.registre.exemples import COTITULAIRE, minimale

PERSONNE = "0190a000-0000-7000-8000-00000000000a"


def _identites(contenu):
    return {reference: adulte.identite for reference, adulte in adultes(contenu)}


def _aller_retour(contenu):
    document = arbre.vers_stockage(contenu)
    ecrit, protege = json.loads(json.dumps(document.contenu)), json.loads(json.dumps(document.protege))
    return arbre.depuis_stockage(SCHEMA, ecrit, protege, _identites(contenu))


@given(contenu=strategies.contenus)
def test_any_tree_comes_back_equal(contenu):
    assert _aller_retour(contenu) == contenu


@given(contenu=strategies.contenus)
def test_no_identity_and_no_nir_in_either_document(contenu):
    document = arbre.vers_stockage(contenu)
    for adulte in [document.contenu.get("demandeur", {}), *document.contenu.get("cotitulaires", [])]:
        assert "identite" not in adulte
    assert "handicaps" not in document.contenu
    assert set(document.protege) <= {"handicaps"}
    assert '"empreinte":' not in json.dumps(document)


def test_health_is_in_the_protected_document_only():
    contenu = minimale(handicaps=[{"personne": "demandeur", "besoin_particulier": "plain-pied"}])
    document = arbre.vers_stockage(contenu)
    assert "plain-pied" not in json.dumps(document.contenu)
    assert document.protege == {"handicaps": [{"personne": "demandeur", "besoin_particulier": "plain-pied"}]}


def test_reader_without_the_right_gets_the_tree_without_health():
    contenu = minimale(handicaps=[{"personne": "demandeur"}])
    lu = arbre.depuis_stockage(SCHEMA, arbre.vers_stockage(contenu).contenu, None, _identites(contenu))
    assert lu == contenu.model_copy(update={"handicaps": ()})


def test_identities_are_found_by_person_whatever_the_rank():
    contenu = avec_personnes(
        minimale(cotitulaires=[COTITULAIRE]), {"demandeur": uuid.UUID(int=1), "cotitulaire:1": PERSONNE}
    )
    document = arbre.vers_stockage(contenu)
    identites = {
        PERSONNE: contenu.cotitulaires[0].identite,
        str(uuid.UUID(int=1)): contenu.demandeur.identite,
    }
    assert arbre.depuis_stockage(SCHEMA, document.contenu, document.protege, identites) == contenu


def test_adult_without_identity_is_an_error():
    with pytest.raises(arbre.IdentiteManquante):
        arbre.depuis_stockage(SCHEMA, arbre.vers_stockage(minimale()).contenu, None, {})


def test_stored_documents_are_not_changed_by_reading():
    contenu = minimale(cotitulaires=[COTITULAIRE])
    document = arbre.vers_stockage(contenu)
    temoin = json.dumps(document)
    arbre.depuis_stockage(SCHEMA, document.contenu, document.protege, _identites(contenu))
    assert json.dumps(document) == temoin


def test_defaults_are_left_out():
    assert arbre.vers_stockage(Contenu(titulaire="ASSOCIATION")) == Document({"titulaire": "ASSOCIATION"}, {})


def test_older_schemas_are_lifted_step_by_step():
    def en_2(document):
        return Document({**document.contenu, "precisions": document.contenu["remarques"]}, document.protege)

    def en_3(document):
        return Document(
            {nom: valeur for nom, valeur in document.contenu.items() if nom != "remarques"}, document.protege
        )

    releve = relever(1, Document({"remarques": "voir"}, {}), releveurs={1: en_2, 2: en_3}, cible=3)
    assert releve == Document({"precisions": "voir"}, {})


@pytest.mark.parametrize("schema", [0, SCHEMA + 1])
def test_unknown_schema_is_refused(schema):
    with pytest.raises(SchemaInconnu):
        relever(schema, Document({}, {}))


def test_missing_step_is_refused():
    with pytest.raises(SchemaInconnu, match="no step from schema 1"):
        relever(1, Document({}, {}), releveurs={}, cible=2)


def test_there_is_one_step_per_older_schema():
    assert set(RELEVEURS) == set(range(1, SCHEMA))


ECHANTILLONS = files("tests.registre.contenu.arbre") / "echantillons"


@pytest.mark.parametrize("schema", range(1, SCHEMA + 1))
def test_frozen_sample_of_each_schema_is_still_readable(schema):
    """The sample files are written once and never edited: they stand for rows that nobody may rewrite."""
    echantillon = json.loads((ECHANTILLONS / f"schema_{schema}.json").read_text(encoding="utf-8"))
    identites = {cle: Identite.model_validate(i) for cle, i in echantillon["identites"].items()}
    lu = arbre.depuis_stockage(schema, echantillon["contenu"], echantillon["protege"], identites)
    assert lu.model_dump(mode="json", exclude_defaults=True) == echantillon["attendu"]
