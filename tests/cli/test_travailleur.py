"""The background process: seals and delivers by itself, outlives a lost database, takes up lost jobs."""

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django import app as application

from sne.cli.travailleur import FIGE, Scelleur, Travailleur, connexion_fraiche
from sne.journal.selectors import etat_du_journal, list_mois_ouverts
from tests.demo.demonstration import attendre
from tests.demo.depots import deposer_un_menage

SNE = Path(sys.executable).parent / "sne"
PATIENCE = 240.0  # seconds; a seal waits for the transactions of the server’s other databases too
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def scelleur() -> Iterator[Scelleur]:
    fil = Scelleur()
    fil.start()
    yield fil
    fil.arreter()


def rien_n_attend() -> bool:
    etat = etat_du_journal()
    return etat.entrees > 0 and etat.en_attente == 0


def test_entries_are_sealed_without_being_asked(scelleur: Scelleur) -> None:
    deposer_un_menage()
    attendre(rien_n_attend, "sealed", delai=PATIENCE)
    assert len(list_mois_ouverts()) >= 3


def test_sealer_outlives_its_connection(scelleur: Scelleur, url_owner: str) -> None:
    deposer_un_menage(0)
    attendre(rien_n_attend, "sealed", delai=PATIENCE)
    connection.close()
    with psycopg.connect(url_owner, autocommit=True) as owner:
        owner.execute("SET ROLE sne_runtime")
        for _ in range(20):
            owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE usename = 'sne_runtime' AND datname = current_database() AND pid <> pg_backend_pid()"
            )
            threading.Event().wait(0.1)
    deposer_un_menage(1)
    attendre(rien_n_attend, "sealed again", delai=PATIENCE)
    assert scelleur.is_alive()


def test_sealer_that_waits_without_end_is_no_sign_of_life(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dits: list[str] = []
    monkeypatch.setattr("sne.cli.travailleur.sd_notify", lambda etat, _journal: dits.append(etat))
    travailleur = Travailleur()
    travailleur._donner_signe_de_vie()
    travailleur.scelleur._tour_le -= FIGE
    travailleur._donner_signe_de_vie()
    assert dits == ["READY=1\nWATCHDOG=1"]


def test_sealer_stops_when_told(scelleur: Scelleur) -> None:
    scelleur.arreter()
    assert not scelleur.is_alive()


def test_job_of_a_killed_worker_goes_back_to_the_queue(url_runtime: str) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 minute') RETURNING id"
        )
        [travailleur] = curseur.fetchone()
        curseur.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, args, worker_id) "
            "VALUES ('essais', 'essai', 'doing', '{}', %s) RETURNING id",
            [travailleur],
        )
        [tache] = curseur.fetchone()

    def lue() -> tuple[str, int]:
        with psycopg.connect(url_runtime) as connexion:
            ordre = "SELECT status, attempts FROM procrastinate_jobs WHERE id = %s"
            return connexion.execute(ordre, [tache]).fetchone() or ("", 0)

    async def passer() -> None:
        sans_fin = asyncio.create_task(Travailleur()._reprendre_les_taches_perdues(application))
        await asyncio.to_thread(attendre, lambda: lue()[0] != "doing", "taken up")
        sans_fin.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sans_fin

    asyncio.run(passer())
    assert lue() == ("todo", 1)


def test_job_runs_on_a_live_connection_and_keeps_none(url_owner: str) -> None:
    def compter() -> int:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")
            return int(curseur.fetchone()[0])

    assert connexion_fraiche(compter) == 1
    assert connection.connection is None


def test_failing_job_keeps_no_connection_either() -> None:
    def echouer() -> None:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1 / 0")

    with pytest.raises(Exception, match="division by zero"):
        connexion_fraiche(echouer)
    assert connection.connection is None


@pytest.mark.parametrize("numero", [signal.SIGTERM, signal.SIGINT])
def test_process_works_says_so_and_stops_when_asked(
    url_runtime: str, numero: signal.Signals, tmp_path: Path
) -> None:
    deposer_un_menage()
    env = {**os.environ, "SNE_RUNTIME_URL": url_runtime, "NOTIFY_SOCKET": str(tmp_path / "systemd")}
    with (
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd,
        subprocess.Popen([SNE, "travailler"], env=env, stderr=subprocess.PIPE) as processus,
    ):
        systemd.bind(env["NOTIFY_SOCKET"])
        systemd.settimeout(30)
        attendre(rien_n_attend, "sealed by the process", delai=PATIENCE)
        assert systemd.recv(100) == b"READY=1\nWATCHDOG=1"
        processus.send_signal(numero)
        _, erreurs = processus.communicate(timeout=PATIENCE)
    assert processus.returncode == 0, erreurs.decode()
    assert b"Traceback" not in erreurs
