"""Every refusal has a code that no other has, and the page says the same as the catalogue."""

import importlib
import pkgutil
from collections import Counter
from pathlib import Path

import pytest

import sne
from sne.anomalies import catalogue
from sne.anomalies.page import page
from sne.registre.contenu.rules.arbre.messages import DITS_PAR_LE_TYPE, PREDICATS
from sne.registre.contenu.rules.controles import CONTROLES
from sne.socle.erreurs import Refus

A_PART = {
    "sne.demo",
    "sne.bench",
    "sne.simulation",
    "sne.rejeu",
    "sne.cli",
    "sne.infocentre",
    "sne.guichet",
    "sne.portail",
}


def _refus(classe: type[Refus] = Refus) -> set[type[Refus]]:
    return {classe}.union(*(_refus(sous) for sous in classe.__subclasses__()))


@pytest.fixture(scope="module")
def refus() -> set[type[Refus]]:
    """Every refusal of the modules below the interfaces."""
    for module in pkgutil.walk_packages(sne.__path__, "sne."):
        part = ".".join(module.name.split(".")[:2])
        if part not in A_PART and ".migrations" not in module.name and "__main__" not in module.name:
            importlib.import_module(module.name)
    return {classe for classe in _refus() if classe.__module__.startswith("sne.")}


def test_every_refusal_has_a_code(refus):
    assert len(refus) > 20
    assert {classe.code for classe in refus} - set(catalogue.PAR_PRODUIT) == set()


def test_every_control_has_a_code():
    assert {controle.code for controle in CONTROLES} - set(catalogue.PAR_PRODUIT) == set()


def test_every_shape_has_a_code_and_an_unknown_one_has_the_last():
    formes = {f"FORME_{genre.upper()}" for genre in (*PREDICATS, *DITS_PAR_LE_TYPE)}
    assert formes - set(catalogue.PAR_PRODUIT) == set()
    assert catalogue.ligne_de("FORME_TUPLE_TYPE").numero == 1099


def test_no_number_is_given_twice():
    numeros = Counter(ligne.numero for ligne in catalogue.CATALOGUE)
    produits = Counter(ligne.produit for ligne in catalogue.CATALOGUE)
    assert max(numeros.values()) == max(produits.values()) == 1
    assert min(numeros) > 1000


def test_a_text_is_cut_at_a_word():
    assert catalogue.borner("mot " * 200).endswith("mot…")
    assert len(catalogue.borner("mot " * 200)) <= catalogue.TEXTE_MAX
    assert catalogue.borner("court") == "court"


def test_page_is_the_catalogue_s():
    assert Path("docs/anomalies.md").read_text(encoding="utf-8") == page()
