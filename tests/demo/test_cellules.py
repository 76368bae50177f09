"""A demonstration in two cells: what is done of the second one, once, and what each process is told."""

import json
from collections.abc import Mapping
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest import mock

import psycopg
import pytest

from outils.exercices.clients import Client, menage
from sne.demo import cellule, panne
from sne.demo.cellule import DEPLACER, MIGRER, PERMETTRE, PUBLIER, DeuxiemeCellule
from sne.demo.comptes import COMPTES
from sne.demo.dossier import Dossier
from sne.demo.empreintes import LOCATIONS, SCHEMA, SITE, TERRITOIRE
from sne.demo.supervision import DemoImpossible, Options, Superviseur
from sne.socle.bases import Acces
from tests.demo.demonstration import Demonstration, attendre

ANNUAIRE = Acces("admin-a", "owner-a", "runtime-a", "portail-a")
NORD = Acces("admin-n", "owner-n", "runtime-n", "portail-n")


@pytest.fixture
def dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Dossier:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return Dossier(tmp_path)


def test_second_cell_is_prepared_once_and_again_when_tables_change(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordres: list[str] = []
    admin = nullcontext(SimpleNamespace(execute=ordres.append))
    monkeypatch.setattr(psycopg, "connect", lambda *_, **__: admin)
    faites: list[tuple[str, ...]] = []

    def commander(commande: tuple[str, ...], variables: Mapping[str, str]) -> None:
        faites.append(commande)
        assert "owner-n" in "".join(variables.values()), "as the owner of the tables of the second one"

    deuxieme = DeuxiemeCellule(dossier.nord)
    assert not deuxieme.a_le_territoire
    for _ in range(2):
        deuxieme.preparer(ANNUAIRE, NORD, commander, dire=lambda _: None)
    assert faites == [MIGRER, PUBLIER, (*DEPLACER, "099", "--vers", "nord")]
    assert ordres == [*PERMETTRE, *PERMETTRE]
    assert deuxieme.a_le_territoire
    deuxieme.fichier.write_text(json.dumps({"schema": "d’hier", "territoire": "099"}))
    deuxieme.preparer(ANNUAIRE, NORD, commander, dire=lambda _: None)
    assert faites[3:] == [MIGRER, PUBLIER], "the territory is there"


def test_its_server_runs_with_a_database(dossier: Dossier) -> None:
    deuxieme = DeuxiemeCellule(dossier.nord)
    deuxieme.serveur = mock.Mock(preparer=mock.Mock(return_value=NORD))
    assert deuxieme.demarrer("sne_demo") is NORD
    deuxieme.serveur.demarrer.assert_called_once_with()


def test_each_process_is_told_the_other_cell(dossier: Dossier) -> None:
    superviseur = Superviseur(dossier, Options(cellules=2), dire=lambda _: None)
    superviseur.acces, superviseur.nord = ANNUAIRE, NORD
    assert superviseur._web().environnement["SNE_CELLULES"] == "nord=runtime-n"
    assert superviseur._portail().environnement["SNE_CELLULES"] == "nord=portail-n"
    assert superviseur._preparateur("owner", [SCHEMA]).environnement["SNE_CELLULES"] == ""
    travailleur = superviseur._travailleur_du_nord()
    dits = {nom: travailleur.environnement[nom] for nom in ("SNE_CELLULE", "SNE_CELLULES", "SNE_RUNTIME_URL")}
    assert dits == cellule.dans_la_cellule(cellule.adresses(ANNUAIRE), cellule.adresses(NORD))
    assert "admin" not in cellule.adresses(NORD)
    description = superviseur._decrire()
    assert description["cellules"] == {"nord": cellule.adresses(NORD)}
    assert "base-nord" in description["processus"]


@pytest.mark.parametrize("parti", [False, True])
def test_what_is_played_of_the_territory_is_played_and_counted_before_it_leaves(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, *, parti: bool
) -> None:
    superviseur = Superviseur(dossier, Options(cellules=2), dire=lambda _: None)
    superviseur.acces, superviseur.nord, superviseur.suites = ANNUAIRE, NORD, [SITE, LOCATIONS]
    lances: list[str] = []
    monkeypatch.setattr(
        superviseur, "_attendre_la_fin", lambda enfant: lances.append(" ".join(enfant.commande))
    )
    deuxieme: Any = mock.Mock(a_le_territoire=parti)
    deuxieme.preparer = lambda annuaire, nord, commander, dire: commander(DEPLACER, {"SNE_X": "1"})
    preparation: Any = mock.Mock()
    superviseur._deplacer(deuxieme, preparation)
    assert superviseur.suites == []
    assert [lance.partition("sne.")[2] for lance in lances] == [
        "demo.preparation 20000 site locations",
        *(() if parti else ("cli.principal infocentre verser",)),
        "cli.principal base deplacer",
    ]


def test_larger_territory_is_refused_once_it_left(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    superviseur = Superviseur(dossier, Options(cellules=2), dire=lambda _: None)
    superviseur.acces, superviseur.nord = ANNUAIRE, NORD
    deuxieme: Any = mock.Mock(a_le_territoire=True)
    superviseur.cellule = deuxieme
    faite: Any = mock.Mock(cles_perdues=False, taille_faite=12, etapes_a_faire=lambda: iter([TERRITOIRE]))
    monkeypatch.setattr("sne.demo.supervision.Preparation", lambda *_, **__: faite)
    with pytest.raises(DemoImpossible, match="avec ses 12 demandes"):
        superviseur._preparer()


def test_two_cells_need_the_embedded_server(dossier: Dossier, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://x@/y?host=/tmp")
    superviseur = Superviseur(dossier, Options(cellules=2), dire=lambda _: None)
    with pytest.raises(DemoImpossible, match="retirez DATABASE_URL"):
        superviseur._verifier_les_cellules()


def test_loss_of_a_server_is_shown_with_one_cell(
    dossier: Dossier, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SNE_DEMO_DOSSIER", str(dossier.racine))
    description = {"processus": {"base": 1}, "cellules": {"nord": {}}}
    monkeypatch.setattr(Dossier, "lire_description", lambda _: description)
    assert panne.main() == 1
    assert "deux serveurs" in capsys.readouterr().err


@pytest.mark.longue
def test_a_real_one_serves_a_territory_from_its_second_server(tmp_path: Path) -> None:
    """Its counter signs in, reads and registers over there, where the attestation is issued."""
    demo = Demonstration(tmp_path / "demo", taille=12, cellules=2)
    demo.demarrer()
    try:
        annuaire, nord = demo.description["base"]["runtime"], demo.description["cellules"]["nord"]["runtime"]
        compter = "SELECT count(*) FROM demande WHERE territoire = '099'"
        avant = int(str(lire(nord, compter)))
        assert (lire(annuaire, compter), avant > 0) == (0, True)
        assert "Camille Rousset" in demo.se_connecter(COMPTES[0].courriel)
        numero = Client(f"http://localhost:{demo.port}", demo.cookies()).enregistrer(menage(1))
        assert numero
        attestee = "SELECT count(*) FROM attestation a JOIN demande d ON d.id = a.demande_id WHERE d.nud = %s"
        attendre(lambda: lire(nord, attestee, numero) == 1, "its attestation")
        assert (lire(annuaire, compter), lire(nord, compter)) == (0, avant + 1)
    finally:
        demo.arreter()


def lire(url: str, ordre: str, *valeurs: object) -> object:
    with psycopg.connect(url) as connexion:
        [lu] = connexion.execute(ordre.encode(), valeurs).fetchone() or (None,)
    return lu
