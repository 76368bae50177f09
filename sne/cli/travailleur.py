"""The background process: seals and delivers the journal every second, and runs the jobs of its subscribers.

It survives errors and restarts of the database: each loop tries again, later and later. A job interrupted with its
process is taken up again once its heartbeat stops (at least once; jobs are idempotent).
"""

import asyncio
import contextlib
import logging
import signal
import threading
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import close_old_connections, connection
from procrastinate.contrib.django import app as application
from procrastinate.exceptions import ProcrastinateException

from sne.journal.actions import ouvrir_mois, sceller
from sne.journal.handlers import distribuer
from sne.socle.horloge import aujourd_hui

INTERVALLE = 1.0  # seconds between two seals
ATTENTE_MAXIMALE = 5.0  # seconds between two tries while the database is away
BATTEMENT = 2.0  # seconds between two heartbeats of the worker
SILENCE = 10.0  # seconds without heartbeat after which the jobs of a worker are taken up again
DELAI_ARRET = 8.0  # seconds left to running jobs when the process is asked to stop

journal = logging.getLogger("sne.travailleur")


class Scelleur(threading.Thread):
    """Seals, delivers, and opens the months to come, until told to stop."""

    def __init__(self) -> None:
        super().__init__(name="scelleur", daemon=True)
        self._fin = threading.Event()
        self._mois_ouverts_le: date | None = None

    def run(self) -> None:
        attente = INTERVALLE
        while not self._fin.wait(attente):
            try:
                self._passer()
            except Exception:
                journal.exception("seal and delivery failed, trying again")
                attente = min(ATTENTE_MAXIMALE, attente * 2)
            else:
                attente = INTERVALLE
            finally:
                connection.close()  # back to the pool: a dead one is replaced there

    def arreter(self) -> None:
        """Ask for the end and wait for it: a pass under way is completed."""
        self._fin.set()
        self.join()

    def _passer(self) -> None:
        jour = aujourd_hui()
        if self._mois_ouverts_le != jour:
            ouvrir_mois(jour)
            self._mois_ouverts_le = jour
        sceller()
        distribuer()


class Travailleur:
    """The sealer's thread and the worker of jobs, stopped together by SIGTERM or Ctrl-C."""

    def __init__(self) -> None:
        self.scelleur = Scelleur()

    async def executer(self) -> None:
        """Run until asked to stop."""
        fin = asyncio.Event()
        boucle = asyncio.get_running_loop()
        for numero in (signal.SIGTERM, signal.SIGINT):
            boucle.add_signal_handler(numero, fin.set)
        self.scelleur.start()
        service = asyncio.create_task(self._servir())
        await fin.wait()
        service.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await service
        await asyncio.to_thread(self.scelleur.arreter)

    async def _servir(self) -> None:
        while True:
            try:
                await self._traiter_les_taches()
            except* (ProcrastinateException, OSError):
                journal.exception("the worker lost the database, trying again")
            await asyncio.sleep(INTERVALLE)

    async def _traiter_les_taches(self) -> None:
        # A copy of the application with its own connections: deliveries go on using Django's, in their transaction.
        app = application.with_connector(application.connector.get_worker_connector())  # type: ignore[attr-defined]
        async with app.open_async(), asyncio.TaskGroup() as groupe:
            reprise = groupe.create_task(reprendre_les_taches_perdues(app))
            await app.run_worker_async(
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=BATTEMENT,
                stalled_worker_timeout=SILENCE,
                shutdown_graceful_timeout=DELAI_ARRET,
                task_middleware=[connexion_fraiche],
            )
            reprise.cancel()


async def reprendre_les_taches_perdues(app: Any) -> None:
    """Put back in the queue the jobs of workers that were killed."""
    while True:
        for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
            await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        await asyncio.sleep(SILENCE / 2)


def connexion_fraiche(appeler: Callable[[], Any], *_: Any) -> Any:
    """Around each job: never start on a connection that died with an earlier database, never keep one."""
    close_old_connections()
    try:
        return appeler()
    finally:
        connection.close()
