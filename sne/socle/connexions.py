"""Connections to PostgreSQL: what its address may say, how long each wait lasts, what to do of dead ones."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Conninfo
from psycopg_pool import ConnectionPool

# A server that vanished without a word is given up after 3 s when one connects, about 15 s when one waits for its
# answer or says nothing to it: without these, libpq waits for 130 s, or for ever. They change nothing on a Unix socket.
DELAIS: Mapping[str, int] = {
    "connect_timeout": 3,  # seconds, as the three next
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,  # times
    "tcp_user_timeout": 15_000,  # milliseconds
}
RESERVE: Mapping[str, Any] = {  # of a pool, in seconds
    "timeout": 5.0,  # seconds that a request waits for a connection, before :class:`psycopg_pool.PoolTimeout`
    "reconnect_timeout": 5.0,  # beyond, the next one who asks tries anew, at once
    "max_idle": 60.0,
}
DERRIERE_UN_RELAIS: Mapping[str, Any] = {**RESERVE, "timeout": 16.0}
"""Behind a pooler told to pause, it waits for us: 15 s (``query_wait_timeout``), then says that nobody leads."""
DE_LA_REPLIQUE: Mapping[str, Any] = {**RESERVE, "timeout": 2.0}
"""A page that it does not answer is read on the other server: it waits no longer to know."""
AILLEURS = ("service", "client_encoding")  # said in a file of libpq's, or decided by Django
COUPURES = (
    "08",
    "53300",
    "57P01",
    "57P02",
    "57P03",
)  # SQLSTATE: connection lost, refused, or ended by the server

ANNUAIRE = "annuaire"  # the first cell: accounts, rights, agreements are written there alone (ADR 0162)
FERMEE = "SN503"  # SQLSTATE of ours: this territory is on its way to another cell

_dispensee: ContextVar[str] = ContextVar("dispensee", default="")
"""The database whose connection is asked nothing as it is lent: the statement that asked for it is its check."""


def lire_url(url: str) -> dict[str, Any]:
    """The parameters of libpq that a URL gives, several hosts included (``host`` and ``port``: lists with commas).

    Raises ``ValueError``, which names a parameter that would not be obeyed, and shows nothing of the URL.
    """
    connus = {option.keyword.decode() for option in Conninfo.get_defaults()} - {*AILLEURS}
    for nom, _ in parse_qsl(urlsplit(url).query, keep_blank_values=True):
        if nom not in connus:
            raise ValueError(
                f"parameter {nom} of the URL is not known to PostgreSQL's client, or not ours to obey"
            )
    try:
        lus = conninfo_to_dict(url) if url.startswith(("postgresql://", "postgres://")) else {}
    except psycopg.ProgrammingError:
        lus = {}
    if not lus.get("dbname"):
        raise ValueError("postgresql://role:secret@host:port/base?parameter=value expected")
    return lus


def est_sure(url: str) -> bool:
    """Whether nobody can listen to this connection, nor pretend to be the server: a Unix socket, or TLS that is
    verified.

    The loopback is not enough: what listens there may be a relay to another machine.
    """
    usuels = {
        o.keyword.decode(): o.val.decode() for o in Conninfo.get_defaults() if o.val
    }  # PGHOST, PGSSLMODE…
    lus = {**usuels, **lire_url(url)}
    hotes = str(lus.get("host", "")).split(",")
    ici = not lus.get("hostaddr") and all(hote.startswith(("/", "@")) or not hote for hote in hotes)
    return ici or lus.get("sslmode") == "verify-full"


def verifier(connexion: psycopg.Connection[Any], *, alias: str = DEFAULT_DB_ALIAS) -> None:
    """``check`` of Django's pool: one dead connection means that the others are too, and all are replaced at once.

    Without this, the pool tries them one after the other, and sleeps 1, 2, 4 s… between two. Raises ``psycopg.Error``.
    """
    if _dispensee.get() == alias:
        return
    try:
        ConnectionPool.check_connection(connexion)
    except psycopg.Error:
        connections[alias].pool.drain()  # type: ignore[attr-defined]  # of the wrapper for PostgreSQL
        raise


def sur_une_vivante[T](premier: Callable[[], T], *, alias: str = DEFAULT_DB_ALIAS) -> T:
    """What the first statement of a request gives, done again once on a new connection when the one that the pool lent
    had died with its server: it is then its own check, and no other is made. Done twice, it must harm nobody.

    Where none was lent (all are taken, or the server lets nobody in), there is nothing to replace: the others serve.
    The connections of other databases (a cell, the replica) are checked as they are lent, whoever asks.
    """
    dispense = _dispensee.set(alias)
    try:
        return premier()
    except DatabaseError as exc:
        connexion = connections[alias]
        if connexion.connection is None or connexion.in_atomic_block or not est_une_coupure(exc):
            raise
        connexion.close()
        if connexion.pool:  # type: ignore[attr-defined]  # of the wrapper for PostgreSQL
            connexion.pool.drain()  # type: ignore[attr-defined]
    finally:
        _dispensee.reset(dispense)
    return premier()


def est_une_coupure(exception: BaseException | None) -> bool:
    """Whether this exception, or one that caused it, says that the database is away; a statement's own fault is not.

    A server that takes no write has just lost its place, or has not taken it yet: another leads in a moment.
    """
    while exception is not None:
        if isinstance(exception, psycopg.errors.ReadOnlySqlTransaction):
            return True
        if isinstance(exception, psycopg.OperationalError | psycopg.InterfaceError) and (
            exception.sqlstate is None or exception.sqlstate.startswith(COUPURES)
        ):
            return True
        exception = exception.__cause__
    return False


def est_fermee(exception: BaseException | None) -> bool:
    """Whether this exception, or one that caused it, says that a territory is closed while it moves."""
    while exception is not None:
        if isinstance(exception, psycopg.Error) and exception.sqlstate == FERMEE:
            return True
        exception = exception.__cause__
    return False
