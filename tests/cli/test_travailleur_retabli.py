"""Whatever happens to the database, the worker goes on by itself once it is back, or ends and says so: never silent."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.test_travailleur import rien_n_attend
from tests.demo.demonstration import attendre
from tests.demo.depots import deposer_un_menage
from tests.passerelle import Passerelle
from tests.socle.test_connexions import tuer_les_connexions

RACINE = Path(__file__).resolve().parents[2]
PATIENCE = 240.0  # seconds; a busy machine takes most of a minute to start a worker
PERDUE = "the worker lost the database, trying again"
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Process:
    """A worker under test, what its periodic task wrote and its technical lines."""

    processus: subprocess.Popen[bytes]
    battements: Path
    sortie: Path

    def attendre_un_battement(self, quoi: str) -> None:
        """One due after this instant: nobody had asked for it before."""
        maintenant = time.time()
        attendre(lambda: self._dernier() > maintenant, quoi, delai=PATIENCE)

    def _dernier(self) -> int:
        lignes = self.battements.read_text().split() if self.battements.exists() else []
        return int(lignes[-1]) if lignes else 0

    def fois(self, phrase: str) -> int:
        return self.sortie.read_text().count(phrase)


@pytest.fixture
def lancer(tmp_path: Path, sans_mesure: None) -> Iterator[Callable[..., Process]]:
    """Start a worker on the database of a URL, with the pools of production; it is killed at the end."""
    lances = []

    def _lancer(url: str, *arguments: str) -> Process:
        env = {**os.environ, "SNE_RUNTIME_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings.base"}
        battements, sortie = tmp_path / "battements", tmp_path / "sortie"
        commande = [sys.executable, "-m", "tests.cli.travailleur_qui_bat", str(battements), *arguments]
        with sortie.open("w") as flux:
            processus = subprocess.Popen(commande, cwd=RACINE, env=env, stdout=flux, stderr=flux)
        lances.append(processus)
        return Process(processus=processus, battements=battements, sortie=sortie)

    yield _lancer
    for processus in lances:
        processus.kill()
        processus.wait()


@pytest.fixture
def passerelle(url_runtime: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Passerelle]:
    with Passerelle(url_runtime, tmp_path_factory.mktemp("p")) as ouverte:
        yield ouverte


def test_periodic_tasks_run_again_after_every_session_was_ended(
    lancer: Callable[..., Process], url_runtime: str, url_owner: str
) -> None:
    travailleur = lancer(url_runtime)
    travailleur.attendre_un_battement("first beat")
    for coup in range(2):
        tuer_les_connexions(url_owner)
        travailleur.attendre_un_battement(f"a beat after blow {coup}")


@pytest.mark.longue
@pytest.mark.longue
def test_jobs_run_again_after_an_outage_longer_than_any_wait(
    lancer: Callable[..., Process], passerelle: Passerelle
) -> None:
    travailleur = lancer(passerelle.url)
    travailleur.attendre_un_battement("first beat")
    passerelle.couper()
    attendre(lambda: travailleur.fois(PERDUE) >= 3, "it tries again and says so", delai=PATIENCE)
    passerelle.retablir()
    travailleur.attendre_un_battement("a beat once the database is back")
    deposer_un_menage()
    attendre(rien_n_attend, "sealed", delai=PATIENCE)


def test_worker_started_before_its_database_waits_for_it(
    lancer: Callable[..., Process], passerelle: Passerelle
) -> None:
    passerelle.couper()
    travailleur = lancer(passerelle.url)
    attendre(lambda: travailleur.fois(PERDUE) >= 2, "it tries again and says so", delai=PATIENCE)
    passerelle.retablir()
    travailleur.attendre_un_battement("a beat once the database is there")


def test_worker_stops_when_asked_while_the_database_is_away(
    lancer: Callable[..., Process], passerelle: Passerelle
) -> None:
    travailleur = lancer(passerelle.url)
    travailleur.attendre_un_battement("first beat")
    passerelle.couper()
    attendre(lambda: travailleur.fois(PERDUE) >= 1, "lost", delai=PATIENCE)
    travailleur.processus.send_signal(signal.SIGTERM)
    assert travailleur.processus.wait(timeout=PATIENCE) == 0


def test_worker_whose_jobs_stopped_ends_and_says_why(
    lancer: Callable[..., Process], url_runtime: str
) -> None:
    travailleur = lancer(url_runtime, "panne")
    assert travailleur.processus.wait(timeout=PATIENCE) == 1
    *lignes, phrase = travailleur.sortie.read_text().splitlines()
    fautes = [ligne for ligne in map(json.loads, lignes) if ligne["level"] == "critical"]
    assert [e["type"] for e in fautes[-1]["exceptions"]] == ["builtins.RuntimeError"]
    assert "Les tâches de fond se sont arrêtées" in phrase
    assert "Dubreuil" not in travailleur.sortie.read_text()
