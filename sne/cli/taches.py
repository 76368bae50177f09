"""What the queues of jobs and the worker say of themselves: read by ``sne sante`` and by ``sne mesures``."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app as application
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.periodic import PeriodicTask

from sne.cli.travailleur import SILENCE


@dataclass(frozen=True, slots=True)
class File:
    """One queue: jobs that wait, how long the oldest that could already run has, jobs that failed."""

    nom: str
    en_attente: int
    plus_vieille: timedelta
    en_echec: int


@dataclass(frozen=True, slots=True)
class Periodique:
    """A task that comes back: when it was last asked for (``None``: never yet), seconds between two of its times."""

    nom: str
    derniere: datetime | None
    intervalle: float


def list_files() -> list[File]:
    """Every queue with a job that waits or that failed."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT j.queue_name, count(*) FILTER (WHERE j.status = 'todo'), "
            "coalesce(max(now() - greatest(e.le, j.scheduled_at)) FILTER (WHERE j.status = 'todo' "
            "AND coalesce(j.scheduled_at, now()) <= now()), interval '0'), count(*) FILTER (WHERE j.status = 'failed') "
            "FROM procrastinate_jobs j "
            "LEFT JOIN LATERAL (SELECT max(at) AS le FROM procrastinate_events WHERE job_id = j.id) e ON true "
            "WHERE j.status IN ('todo', 'failed') GROUP BY 1 ORDER BY 1"
        )
        return [File(*ligne) for ligne in curseur.fetchall()]


def count_travailleurs(*, le: datetime) -> int:
    """Workers that gave a sign of life within :data:`SILENCE` seconds."""
    with connection.cursor() as curseur:
        depuis = le - timedelta(seconds=SILENCE)
        curseur.execute("SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat >= %s", [depuis])
        [vivants] = curseur.fetchone()
    return int(vivants)


def list_periodiques(*, le: datetime) -> Iterator[Periodique]:
    """Each task that comes back, by its name."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT task_name, periodic_id, max(defer_timestamp) FROM procrastinate_periodic_defers GROUP BY 1, 2"
        )
        dernieres = {(tache, numero): vu for tache, numero, vu in curseur.fetchall()}
    for cle, periodique in sorted(application.periodic_registry.periodic_tasks.items()):
        vu = dernieres.get(cle)
        derniere = datetime.fromtimestamp(vu, le.tzinfo) if vu is not None else None
        yield Periodique(periodique.task.name, derniere, _intervalle(periodique, le.timestamp()))


QUI_ENVOIENT = "messages"  # queue of the jobs that speak to somebody outside


def list_suites() -> list[ProcrastinateJob]:
    """Jobs that an act of the journal asked for, waiting or cut, but those that send; the oldest first."""
    attendues = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), args__has_key="entree_id")
    return list(attendues.exclude(queue_name=QUI_ENVOIENT).order_by("id"))


def _intervalle(periodique: PeriodicTask[..., Any, ...], instant: float) -> float:
    """Seconds between its two next times."""
    premiere, seconde = (periodique.croniter.get_next(float, start_time=x) for x in (instant, None))
    return float(seconde - premiere)
