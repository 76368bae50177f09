"""Who is at an object's bytes now: processes that put them, together; a process that moves or erases them, alone.

An advisory lock of PostgreSQL held by the connection: a killed process keeps nothing, and no transaction is open
while a store is spoken to.
"""

import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection

PREFIXE = "documents.objet:"


@contextmanager
def pour_poser(ids: Collection[uuid.UUID]) -> Iterator[None]:
    """Hold these objects with other processes that put the same bytes; waits for one that moves or erases any of them.

    Those wait for nobody (``seul``), so the order does not matter.
    """
    _executer("pg_advisory_lock_shared", *ids)
    try:
        yield
    finally:
        _executer("pg_advisory_unlock_shared", *ids)


@contextmanager
def seul(objet_id: uuid.UUID) -> Iterator[bool]:
    """Whether the object is ours alone: false when somebody is putting, moving or erasing it."""
    libre = _executer("pg_try_advisory_lock", objet_id)
    try:
        yield libre
    finally:
        if libre:
            _executer("pg_advisory_unlock", objet_id)


def _executer(fonction: str, *ids: uuid.UUID) -> bool:
    """Call it for each; what it says of the last."""
    noms = [f"{PREFIXE}{objet_id}" for objet_id in ids]
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT {fonction}(hashtextextended(unnest(%s::text[]), 0))", [noms])
        return bool(curseur.fetchall()[-1][0])
