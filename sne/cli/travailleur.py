"""The background process: seals and delivers the journal every second, and runs the jobs of its subscribers.

It survives errors and restarts of the database: each loop tries again, later and later. One that ends for another
reason ends the process, in error, for its supervisor to start it anew: it is never alive and idle. One that hangs
stops the word that systemd waits for (``WatchdogSec``). A job interrupted with its process is taken up again once its
heartbeat stops (at least once; jobs are idempotent).
"""

import asyncio
import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import Error, close_old_connections, connection
from gunicorn.systemd import sd_notify
from procrastinate import PsycopgConnector
from procrastinate.contrib.django import app as application
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import ProcrastinateException
from procrastinate.periodic import PeriodicRegistry
from psycopg_pool import AsyncConnectionPool

from sne.cellules.places import is_de_l_annuaire
from sne.cellules.routage import ANNUAIRE
from sne.journal.actions import ouvrir_mois, sceller
from sne.journal.handlers import distribuer
from sne.socle.connexions import RESERVE
from sne.socle.horloge import aujourd_hui

INTERVALLE = 1.0  # seconds between two seals
ATTENTE_MAXIMALE = 5.0  # seconds between two tries while the database is away
BATTEMENT = 2.0  # seconds between two heartbeats of the worker
SILENCE = 10.0  # seconds without heartbeat after which the jobs of a worker are taken up again
FIGE = 60.0  # seconds without a turn of the sealer, good or bad, after which systemd is told nothing more
DELAI_ARRET = 8.0  # seconds left to running jobs when the process is asked to stop

CONNEXIONS = 4  # at most, for the heartbeat, the jobs to take and those to take up again
PERDUE = (
    ProcrastinateException,
    psycopg.Error,
    Error,
    OSError,
)  # what a lost database raises, dressed or not

journal = logging.getLogger("sne.travailleur")


class Scelleur(threading.Thread):
    """Seals, delivers, and opens the months to come, until told to stop."""

    def __init__(self) -> None:
        super().__init__(name="scelleur", daemon=True)
        self._fin = threading.Event()
        self._mois_ouverts_le: date | None = None
        self._tour_le = time.monotonic()

    @property
    def tourne(self) -> bool:
        """Whether it tried to seal lately: an error is a try, a wait without end is none."""
        return time.monotonic() - self._tour_le < FIGE

    def run(self) -> None:
        attente = INTERVALLE
        while not self._fin.wait(attente):
            self._tour_le = time.monotonic()
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
        self._fin = asyncio.Event()

    async def executer(self) -> bool:
        """Run until asked to stop; false when a loop ended by itself, which the technical log tells."""
        boucle = asyncio.get_running_loop()
        for numero in (signal.SIGTERM, signal.SIGINT):
            boucle.add_signal_handler(numero, self._fin.set)
        self.scelleur.start()
        service = asyncio.create_task(self._servir())
        scellement = asyncio.create_task(asyncio.to_thread(self.scelleur.join))
        fin = asyncio.create_task(self._fin.wait())
        await asyncio.wait({service, scellement, fin}, return_when=asyncio.FIRST_COMPLETED)
        demandee = self._fin.is_set()
        self._fin.set()
        service.cancel()
        [issue] = await asyncio.gather(service, return_exceptions=True)
        if not demandee:
            journal.critical("a loop of the worker ended by itself, ending the process", exc_info=issue)
        await asyncio.to_thread(self.scelleur.arreter)
        return demandee

    async def _servir(self) -> None:
        while not self._fin.is_set():
            self._donner_signe_de_vie()
            try:
                await sync_to_async(fermer)()
                await self._traiter_les_taches()
            except* PERDUE:
                journal.exception("the worker lost the database, trying again")
            await asyncio.sleep(INTERVALLE)

    async def _traiter_les_taches(self) -> None:
        # A copy of the application with its own connections: deliveries go on using Django's, in their transaction.
        app = application.with_connector(PsycopgConnector())
        app.periodic_registry = periodiques_d_ici()
        async with reserve() as connexions, app.open_async(connexions), asyncio.TaskGroup() as groupe:
            reprise = groupe.create_task(self._reprendre_les_taches_perdues(app))
            await app.run_worker_async(
                install_signal_handlers=False,
                delete_jobs="successful",
                update_heartbeat_interval=BATTEMENT,
                stalled_worker_timeout=SILENCE,
                shutdown_graceful_timeout=DELAI_ARRET,
                task_middleware=[connexion_fraiche],
            )
            reprise.cancel()

    async def _reprendre_les_taches_perdues(self, app: Any) -> None:
        """Put back in the queue the jobs of workers that were killed; the database answers: the jobs' loop is alive."""
        while True:
            for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE):
                await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
            self._donner_signe_de_vie()
            await asyncio.sleep(SILENCE / 2)

    def _donner_signe_de_vie(self) -> None:
        """Tell systemd, where it listens, that both loops turn."""
        if self.scelleur.tourne:
            sd_notify("READY=1\nWATCHDOG=1", journal)


def periodiques_d_ici() -> PeriodicRegistry:
    """What this cell does by itself: accounts, agreements, the site are the directory's, done once for the nation."""
    connues, ici = application.periodic_registry, PeriodicRegistry()  # type: ignore[no-untyped-call]
    ici.periodic_tasks = {
        cle: periodique
        for cle, periodique in connues.periodic_tasks.items()
        if settings.CELLULE == ANNUAIRE or not is_de_l_annuaire(periodique.task.func.__module__)
    }
    return ici


def fermer() -> None:
    """End Django's connection of the thread that asks for periodic tasks, dead maybe: nothing else does."""
    connection.close()


def reserve() -> AsyncConnectionPool:
    """The worker's own connections, as Django's are made; opened without a wait, the first statement waits for one."""
    return AsyncConnectionPool(
        kwargs=connector_params(),
        open=False,
        min_size=1,
        max_size=CONNEXIONS,
        check=AsyncConnectionPool.check_connection,
        **RESERVE,
    )


def connexion_fraiche(appeler: Callable[[], Any], *_: Any) -> Any:
    """Around each job: never start on a connection that died with an earlier database, never keep one."""
    close_old_connections()
    try:
        return appeler()
    finally:
        connection.close()
