"""Whole runs, as short as can be, on a server of their own: every part of a measure meets the others."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from sne.bench.atelier import MODELE, Atelier
from sne.bench.chantier import Reglages
from sne.bench.execution import mesurer
from sne.bench.lignes import flux, infocentre, nombre, pages, portail
from sne.bench.lignes.pays import partager
from sne.bench.melange import MELANGE
from sne.bench.rules import Ligne
from tests.cli.commandes import sne

LIGNES = ["http", "scellement", "pannes", "envoi", "verification", "pivot"]


@dataclass(frozen=True)
class Course:
    """What a run gave, what it said, and the folder where its server was left."""

    resultat: dict[str, Any]
    lignes: list[Ligne]
    dits: list[str]
    dossier: Path


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """One run, of the rows that need a small database."""
    dossier, dits = tmp_path_factory.mktemp("mesures") / "a-nombre", []
    with pytest.MonkeyPatch.context() as processus:
        processus.delenv("COVERAGE_PROCESS_CONFIG", raising=False)  # as ``sans_mesure``, for a module
        processus.setattr(portail, "NATION", 200)
        processus.setattr(portail, "ENVOIS", 60)
        resultat, lignes = mesurer(LIGNES, Reglages(1, 1.0, 100), dire=dits.append, dossier=dossier)
        yield Course(resultat, lignes, dits, dossier)


@pytest.mark.longue
def test_a_run_measures_the_rows_asked_for(course: Course) -> None:
    codes = ["http", "scellement", "scellement-debit", "pannes", "envoi", "verification", "pivot"]
    assert [ligne.code for ligne in course.lignes] == codes
    assert all(ligne.valeur > 0 for ligne in course.lignes)
    assert [ligne["code"] for ligne in course.resultat["lignes"]] == codes
    assert course.dits[0] == "Enregistrer par le web…"


def mesurees(
    demandees: list[str], reglages: Reglages, dossier: Path, dits: list[str] | None = None
) -> list[str]:
    """Codes of the rows that such a run gives, each of which measured something."""
    dire = (lambda _: None) if dits is None else dits.append
    _, lignes = mesurer(demandees, reglages, dire=dire, dossier=dossier)
    assert all(ligne.valeur > 0 for ligne in lignes)
    return [ligne.code for ligne in lignes]


@pytest.mark.longue
@pytest.mark.usefixtures("sans_mesure")
def test_a_nation_is_read_poured_and_cleaned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(infocentre, "FAITS_EN_NOMBRE", 300_000)
    monkeypatch.setattr(infocentre, "UN_JOUR", 160)
    monkeypatch.setattr(infocentre, "PAGES", 2)
    assert mesurees(["infocentre-nombre"], Reglages(1, 0.4, 200), tmp_path / "nation") == [
        "infocentre-nombre",
        "infocentre-page",
        "infocentre-detail",
        "infocentre-jour",
        "infocentre-effacer",
    ]


@pytest.mark.longue
@pytest.mark.usefixtures("sans_mesure")
def test_a_territory_moves_and_both_cells_are_asked(tmp_path: Path) -> None:
    codes = ["cellules-fermeture", "cellules-page", "cellules-web", "cellules-base"]
    assert mesurees(["cellules"], Reglages(2, 1.0, 100), tmp_path / "cellules") == codes


@pytest.mark.longue
@pytest.mark.usefixtures("sans_mesure")
def test_the_nation_is_played_in_two_cells(tmp_path: Path) -> None:
    dits: list[str] = []
    assert mesurees(["pays"], Reglages(2, 1.0, 400), tmp_path / "pays", dits) == [
        "pays-fermeture",
        "pays-web",
        "pays-base",
        *(f"pays-{code}" for code in MELANGE),
        "pays-octets",
    ]
    assert sum("200 demandes" in dit for dit in dits) == 2


@pytest.mark.longue
@pytest.mark.usefixtures("sans_mesure")
def test_the_feed_and_several_vendors_are_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flux, "LIGNES", 20_000)
    _, lignes = mesurer(
        ["flux", "editeurs"], Reglages(1, 0.4, 200), dire=lambda _: None, dossier=tmp_path / "editeurs"
    )
    assert [ligne.code for ligne in lignes] == [
        "flux-page",
        "flux-retard",
        "editeurs-equite",
        "editeurs-charge",
    ]
    assert all(ligne.mesure for ligne in lignes)


@pytest.fixture
def nombre_garde(course: Course) -> Path:
    """The server of large registers, kept from an earlier run: its only database holds no application yet."""
    atelier = Atelier(course.dossier)
    atelier.serveur.demarrer()
    with psycopg.connect(atelier.serveur.url_admin, autocommit=True) as connexion:
        connexion.execute(f"DROP DATABASE IF EXISTS {MODELE}_1 WITH (FORCE)")  # on a server of DATABASE_URL
        connexion.execute(f"ALTER DATABASE {MODELE} RENAME TO {MODELE}_1")
    atelier.serveur.arreter()
    return course.dossier


@pytest.mark.longue
def test_a_run_compares_two_sizes_and_keeps_them(nombre_garde: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nombre, "RECHERCHES", {"ChercherNumero": ("Search by number", 1e6)})
    monkeypatch.setattr(nombre, "LISTES_LUES", {"ListeIncompletesLoin": "Page far in a list"})
    monkeypatch.setattr(nombre, "PAGES", {"PageFiche": "File page"})
    dossier = nombre_garde.with_name(nombre_garde.name.removesuffix("-nombre"))
    assert mesurees(["nombre"], Reglages(1, 0.4, 200), dossier) == [
        "nombre-numero",
        "nombre-numero-croissance",
        "nombre-rappel",
        "nombre-liste-incompletes-loin",
        "nombre-liste-incompletes-loin-croissance",
        "nombre-fiche",
        "nombre-fiche-croissance",
    ]
    assert (nombre_garde / "postgres").is_dir()
    assert not (dossier / "postgres" / "postmaster.pid").exists()


@pytest.mark.longue
def test_every_page_is_opened_in_two_sizes(nombre_garde: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "OUVERTURES", 1)
    dossier = nombre_garde.with_name(nombre_garde.name.removesuffix("-nombre"))
    _, lignes = mesurer(["pages"], Reglages(1, 0.4, 400, 200), dire=lambda _: None, dossier=dossier)
    lus = {ligne.titre for ligne in lignes}
    assert {"Counter, /accueil/", "Territory, /suivi/", "Household, /ma-demande/"} < lus
    assert {f"pages-{qui}-lente" for qui in ("counter", "operator", "household")} < {x.code for x in lignes}


def test_territories_are_given_whole_to_either_half() -> None:
    tires = list(enumerate(["111"] * 5 + ["059"] * 3 + ["974"] * 2 + ["02A"]))
    une, autre = partager(tires)
    assert (une, [t for _, t in autre]) == (list(enumerate(["111"] * 5 + ["02A"])), ["059"] * 3 + ["974"] * 2)


def test_a_wrong_number_of_slices_is_told() -> None:
    resultat = sne("bench", "--tranches", "beaucoup")
    assert resultat.code == 2
    assert "par exemple 5x4" in resultat.erreur


def test_sizes_that_do_not_compare_are_told() -> None:
    for tailles in ("beaucoup", "50", "1000/1000", "1000/2000"):
        resultat = sne("bench", "--taille", tailles)
        assert resultat.code == 2
        assert "par exemple 1000000/100000" in resultat.erreur
