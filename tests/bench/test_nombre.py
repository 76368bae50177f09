"""Measures at size: slips, and acts that find people on record."""

import os
from random import Random

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sne.bench import actes_en_nombre as actes
from sne.bench import listes_en_nombre
from sne.bench.actes_du_portail import ChercherPivot
from sne.bench.equipe import Poste, courir
from sne.bench.fautes import mal_taper
from sne.bench.noms_des_listes import MESUREES
from sne.bench.pgbench import MesureImpossible
from sne.demo.generation.atelier import ecrire_lot
from sne.habilitations.rules import Permission
from sne.registre.demande.actions.examiner import examiner_demandes
from sne.socle.bases import url_de_base
from tests.demo.decors import generateur
from tests.registre.foule import adultes, peupler

POSTE = Poste(0, 11)


def test_a_slip_changes_one_place_of_a_word() -> None:
    hasard = Random(1)
    fautes = [mal_taper("martin", hasard) for _ in range(300)]
    assert {len(faute) for faute in fautes} == {5, 6, 7}
    assert {faute[0] for faute in fautes} > {"m", "a"}
    assert mal_taper("a", hasard) == "a"


def test_an_act_may_count_less_than_its_whole_time() -> None:
    class Compte:
        def preparer(self, nombre: int) -> None:
            raise AssertionError("nothing to prepare")

        def agir(self) -> float:
            return 0.5

    assert set(courir(Compte(), 0.01).latences) == {0.5}


@pytest.fixture
def registre(db: None) -> None:
    tireur = generateur()
    ecrire_lot(tireur, range(30))


@pytest.mark.usefixtures("registre")
@pytest.mark.parametrize(
    "acte", [actes.ChercherNumero, actes.ChercherNaissance, actes.ChercherNom, actes.ChercherAuFil]
)
def test_searches_count_the_time_of_the_database(acte: type[actes.EnBase]) -> None:
    client = acte(POSTE)
    assert client.acteur.territoire == "099"
    assert all(client.agir() > 0 for _ in range(5))


@pytest.mark.usefixtures("registre")
def test_somebody_of_franceconnect_is_looked_for_by_indexes_alone(nom_de_base: str) -> None:
    """All the territories in one statement, by day of birth; no table is read through."""
    client = ChercherPivot(POSTE)
    with CaptureQueriesContext(connection) as requetes:
        client.agir()
    cherche = [r["sql"] for r in requetes if "nom_norm" in r["sql"]]
    with psycopg.connect(url_de_base(os.environ["SNE_OWNER_URL"], nom_de_base)) as foule:
        peupler(foule, list(adultes(3_000, Random(3))))  # thirty rows would be read whole
        plan = "\n".join(ligne for (ligne,) in foule.execute(f"EXPLAIN (COSTS OFF) {cherche[0]}").fetchall())
    assert len(cherche) == 1
    assert "date_naissance_nom_norm" in plan  # as the index is named beside temporary tables
    assert "Seq Scan" not in plan
    assert 'JOIN "personne" ON ("identite"."personne_id" = "personne"."id")' in cherche[0]  # nor is an index


@pytest.mark.usefixtures("registre")
def test_people_typed_again_are_proposed() -> None:
    client = actes.ChercherDoublons(POSTE)
    client.preparer(10)
    for _ in range(30):
        client.agir()
    assert (client.trouves, client.essais) == (40, 40)


@pytest.mark.usefixtures("registre")
@pytest.mark.parametrize("acte", MESUREES)
def test_lists_count_the_time_of_the_database(acte: str) -> None:
    examiner_demandes(au_plus=100)
    client = listes_en_nombre.ACTES[acte](POSTE)
    assert not client.acteur.peut(Permission.LISTE_EXPORTER)
    assert client.demandee.acteur.guichet == ""
    assert all(client.agir() > 0 for _ in range(5))
    code, loin = MESUREES[acte]
    assert (client.code, client.loin) == (code, loin)


@pytest.mark.usefixtures("registre")
def test_a_list_of_one_page_has_no_next_one() -> None:
    with pytest.raises(MesureImpossible, match="taille plus grande"):
        actes.TournerLaPage(POSTE)


@pytest.mark.django_db
def test_an_empty_register_is_told() -> None:
    with pytest.raises(MesureImpossible, match="Aucune demande"):
        actes.ChercherNumero(POSTE)
