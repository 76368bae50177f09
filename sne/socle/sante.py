"""What a proxy and a supervisor ask of a web process: is it alive, may it be given requests, what did it count?

Answered before Django reads the request: the probe gives no host name and comes in plain HTTP, on the private port. The
proxy in front answers 404 to these three addresses.
"""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from sne.socle.mesures import exposer

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

PATIENCE = 1.0  # seconds to get a connection
RETRAIT = "retrait"  # a file of this name in the service's folder: this process asks for no more requests


class Sante:
    """``/sante/vivant``: 200 as long as the process answers. ``/sante/pret``: 200 when it can serve, 503 with the names
    of what is missing. ``/sante/mesures``: what it counted. ``manifeste``: of the files that its pages name.
    """

    VIVANT, PRET, MESURES = "/sante/vivant", "/sante/pret", "/sante/mesures"

    def __init__(self, application: Application, *, manifeste: Path | None = None) -> None:
        self.application, self.manifeste = application, manifeste
        self._schema_vu = False

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        match environ.get("PATH_INFO"):
            case Sante.MESURES:
                return _donner(start_response, "200 OK", "text/plain; version=0.0.4", exposer())
            case Sante.VIVANT:
                return _repondre(start_response, [])
            case Sante.PRET:
                return _repondre(start_response, list(self._manques()))
            case _:
                return self.application(environ, start_response)

    def _manques(self) -> Iterable[str]:
        if Path(settings.DOSSIER_VAR, RETRAIT).exists():
            yield "retrait"
        if self.manifeste and not self.manifeste.is_file():
            yield "fichiers"
        try:
            _atteindre()
            self._schema_vu = self._schema_vu or _a_son_schema()  # read once good: a schema never goes back
            if not self._schema_vu:
                yield "migrations"
        except (Error, psycopg.Error):  # Django’s, or the driver’s and its reserve’s
            yield "base"
        finally:
            connection.close()


def _atteindre() -> None:
    """One statement, soon. Raises Django’s ``Error``, or ``psycopg.Error`` (``PoolTimeout`` is one)."""
    if connection.pool is not None:  # type: ignore[attr-defined]  # of the wrapper for PostgreSQL
        connection.pool.open()  # type: ignore[attr-defined]  # nothing was asked of this process yet
        with connection.pool.connection(timeout=PATIENCE) as prise:  # type: ignore[attr-defined]
            prise.execute("SELECT 1")
    else:
        with connection.cursor() as curseur:
            curseur.execute("SELECT 1")


def _a_son_schema() -> bool:
    """Whether every migration that this code knows was applied; the schema may be ahead."""
    executeur = MigrationExecutor(connection)
    return not executeur.migration_plan(executeur.loader.graph.leaf_nodes())


def _repondre(start_response: Callable[..., Any], manques: list[str]) -> Iterable[bytes]:
    statut = "503 Service Unavailable" if manques else "200 OK"
    return _donner(start_response, statut, "application/json", json.dumps({"manque": manques}).encode())


def _donner(start_response: Callable[..., Any], statut: str, genre: str, corps: bytes) -> Iterable[bytes]:
    entetes = [("Content-Type", genre), ("Content-Length", str(len(corps))), ("Cache-Control", "no-store")]
    start_response(statut, entetes)
    return [corps]
