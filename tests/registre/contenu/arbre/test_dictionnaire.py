"""The dictionary and the tree say the same fields, both ways."""

import csv
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from sne.referentiels.rules import nomenclatures_par_defaut
from sne.registre.contenu.rules.arbre import champs
from sne.registre.contenu.rules.arbre.champs import Champ
from sne.registre.contenu.rules.arbre.personnes import Nir
from sne.registre.contenu.rules.arbre.telephone import Telephone

HORS_DICTIONNAIRE = {
    "demandeur.personne": "id of the row of the register, by which identities are matched",
    "cotitulaires[].personne": "idem",
    "accompagnant.accompagne": "whether someone helps: asked on screens, no element on the wire",
}
TYPES = {
    "text": {str, Telephone, Nir},
    "code": {str},
    "date": {date},
    "bool": {bool},
    "int": {int},
    "montant": {Decimal},
}
PLUS_LARGES = {"logement_actuel.surface": "square metres are kept with decimals, rounded when emitted"}


def _lignes() -> dict[str, dict[str, str]]:
    texte = (files("sne.registre.contenu.rules.arbre") / "dictionnaire.csv").read_text(encoding="utf-8")
    lignes = csv.DictReader(texte.splitlines()[1:], delimiter=";")
    return {ligne["champ"]: ligne for ligne in lignes}


DU_CONTENU = {nom: ligne for nom, ligne in _lignes().items() if not nom.startswith(("dossier.", "message."))}


def _champs_du_dictionnaire() -> dict[str, Champ]:
    """Leaves and repeated groups: what the dictionary has a row for."""
    return {nom: champ for nom, champ in champs().items() if champ.repete or not champ.conteneur}


def test_dictionary_is_whole():
    assert len(_lignes()) == 310
    assert len(DU_CONTENU) == 214


def test_every_field_of_the_dictionary_is_in_the_tree():
    assert set(DU_CONTENU) - set(champs()) == set()


def test_every_field_of_the_tree_is_in_the_dictionary_or_named_here():
    assert set(_champs_du_dictionnaire()) - set(DU_CONTENU) == set(HORS_DICTIONNAIRE)


@pytest.mark.parametrize("nom", sorted(DU_CONTENU))
def test_type_and_list_agree_with_the_dictionary(nom):
    ligne, champ = DU_CONTENU[nom], champs()[nom]
    assert champ.liste == ligne["liste"]
    if nom == "titulaire":
        assert issubclass(champ.type, str)
    elif ligne["type"] == "groupe":
        assert champ.conteneur
    elif nom in PLUS_LARGES:
        assert champ.type is Decimal
    else:
        assert champ.type in TYPES[ligne["type"]]


def test_every_list_is_a_delivered_nomenclature():
    connues = nomenclatures_par_defaut(date(2026, 11, 24)).listes
    assert {champ.liste for champ in champs().values()} - {""} <= set(connues)


def test_every_field_has_a_french_title_of_its_own():
    sans_titre = [nom for nom, champ in champs().items() if champ.titre == nom.rpartition(".")[2].strip("[]")]
    assert sans_titre == []
