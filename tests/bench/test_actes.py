"""Each act of the clients does what its row says, on a real database; the peer writes the same rows."""

import json

import psycopg
import pytest
from django.db import connection
from django.template import loader
from psycopg import sql

from sne.bench import actes, actes_flux, actes_page, preparation
from sne.bench.equipe import Poste, courir
from sne.bench.pgbench import MesureImpossible, Script, jouer
from sne.bench.pieces import PAR_DOSSIER, REMPLIR
from sne.journal.models import Entree
from sne.journal.selectors import verifier
from tests.api.conftest import dans_la_transaction
from tests.journal.test_journal import tout_sceller


def compter(table: str) -> int:
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT count(*) FROM {table}")
        return int(curseur.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("acte", "table", "nombre"),
    [
        (actes.Deposer, "demande", 1),
        (actes.Reprendre, "demande", 100),
        (actes.EcrireLot, "version", 200),
        (actes.EmettreAttestation, "attestation", 1),
        (actes.RemettreAttestation, "journal_entree", 1),
    ],
)
def test_an_act_writes_its_rows(acte: type, table: str, nombre: int) -> None:
    client = acte(Poste(0, 5_000))
    client.preparer(2)
    avant = compter(table)
    client.agir()
    client.agir()
    connection.check_constraints()
    assert compter(table) - avant == 2 * nombre
    client.agir()  # with nothing made ready, the act makes it


@pytest.mark.django_db(transaction=True)
def test_the_feed_follows_a_burst_once_it_is_sealed() -> None:
    client = actes_flux.SuivreLeSceau(Poste(0, 4_000))
    client.preparer(actes_flux.RAFALE)
    assert client.agir() > 0
    assert compter("flux_ligne") == actes_flux.RAFALE


@pytest.mark.django_db
def test_the_page_of_a_file_is_read_up_to_its_template(monkeypatch: pytest.MonkeyPatch) -> None:
    actes.Deposer(Poste(0, 6_000)).agir()
    monkeypatch.setattr(loader, "render_to_string", loader.render_to_string)
    with dans_la_transaction():
        page = actes_page.LirePageSansGabarit(Poste(0, 6_000))
        page.preparer(1)
        page.agir()
        assert Entree.objects.filter(verbe="CONSULTER").count() == 1
        page.tirer = lambda: "x"
        with pytest.raises(MesureImpossible, match="404"):
            page.agir()


@pytest.mark.django_db
@pytest.mark.parametrize("acte", [actes.LireEtat, actes.LireVersion])
def test_a_file_of_fifty_versions_is_read_at_any_instant(acte: type) -> None:
    client = acte(Poste(0, 7_000))
    client.preparer(0)
    assert courir(client, 0.05).actes > 0
    assert compter("version") == actes.VERSIONS


@pytest.mark.django_db(transaction=True)
def test_documents_of_a_file_are_listed_among_many(url_owner: str) -> None:
    actes.Deposer(Poste(0, 9_000)).agir()
    with psycopg.connect(url_owner, autocommit=True) as owner:
        for ordre in REMPLIR:
            owner.execute(sql.SQL(ordre))
    assert (compter("piece"), compter("qualification_piece")) == (PAR_DOSSIER, 7)
    for acte in (actes.ConsulterSansPieces, actes.ListerPieces):
        assert courir(acte(Poste(0, 1)), 0.02).actes > 0


@pytest.mark.django_db
def test_duplicates_are_found_or_not_without_any_refusal() -> None:
    depot = actes.Deposer(Poste(0, 3))
    depot.agir()
    client = actes.ChercherDoublons(Poste(0, 1))
    assert courir(client, 0.05).actes > 0
    assert courir(actes.LireCle(Poste(0, 1)), 0.02).actes > 0


@pytest.mark.parametrize("acte", [actes.Dessiner, actes.CompilerNu])
def test_drawing_needs_no_database(acte: type) -> None:
    client = acte(Poste(0, 11))
    client.preparer(1)
    client.agir()
    client.agir()


@pytest.mark.django_db(transaction=True)
def test_the_peer_writes_what_the_action_writes(url_runtime: str) -> None:
    donnees = json.loads(json.dumps(preparation.script(0)))
    tables = ("demande", "personne", "identite", "secret_nir", "titre_anciennete", "place_ouverte", "version")
    actes.Deposer(Poste(0, 1)).agir()
    par_depot = {table: compter(table) for table in tables}
    joues = jouer(Script(**donnees), url=url_runtime, clients=2, secondes=1).actes
    assert joues > 0
    assert {table: compter(table) for table in tables} == {t: n * (joues + 1) for t, n in par_depot.items()}
    assert Entree.objects.filter(verbe="DEPOSER").count() == joues + 1
    tout_sceller()
    assert list(verifier()) == []
