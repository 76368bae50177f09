"""Locks of PostgreSQL that a session holds, so that no transaction is open while a store or a server is spoken to.

Behind a pooler by transaction such a lock would stay with a connection that is then given to somebody else: where
there is one, a connection of its own (``SNE_DIRECTE_URL``) holds it as long as the block lasts; another cell has none.
A killed process keeps nothing.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections

from sne.socle.connexions import DELAIS

PRENDRE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
ATTENDRE = "SELECT pg_advisory_lock(hashtextextended(%s, 0)), true"
RENDRE = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"
Executer = Callable[[str, Sequence[Any]], list[tuple[Any, ...]]]


@contextmanager
def session() -> Iterator[Executer]:
    """What executes a statement in one and the same session until the block ends; it gives its rows."""
    if est_celle_des_actes():
        yield _executer
        return
    reglages: dict[str, Any] = {**DELAIS, "options": settings.DELAIS_DE_SESSION}
    with psycopg.connect(settings.URL_DIRECTE, autocommit=True, **reglages) as directe:
        yield lambda ordre, valeurs: directe.execute(ordre, valeurs).fetchall()


def est_celle_des_actes() -> bool:
    """Whether :func:`session` is the connection of the acts: one of their statements may then end a lock."""
    return not settings.URL_DIRECTE or connections[DEFAULT_DB_ALIAS].alias != DEFAULT_DB_ALIAS


def _executer(ordre: str, valeurs: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as curseur:
        curseur.execute(ordre, valeurs)
        return list(curseur.fetchall())


@contextmanager
def seul(cle: str, *, attendre: bool = False) -> Iterator[bool]:
    """Whether nobody else holds ``cle``; ours until the end of the block. ``attendre``: until it is."""
    with session() as executer:
        [(*_, pris)] = executer(ATTENDRE if attendre else PRENDRE, [cle])
        try:
            yield pris
        finally:
            if pris:
                executer(RENDRE, [cle])
