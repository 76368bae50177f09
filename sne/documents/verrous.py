"""Who is at an object's bytes now: those who put them, together; whoever moves or erases them, alone.

An advisory lock of PostgreSQL held by the connection: a killed process keeps nothing, and no transaction is open
while a store is spoken to.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

PREFIXE = "documents.objet:"


@contextmanager
def pour_poser(objet_id: uuid.UUID) -> Iterator[None]:
    """Hold the object with others who put the same bytes; waits for whoever moves or erases it."""
    _executer("pg_advisory_lock_shared", objet_id)
    try:
        yield
    finally:
        _executer("pg_advisory_unlock_shared", objet_id)


@contextmanager
def seul(objet_id: uuid.UUID) -> Iterator[bool]:
    """Whether the object is ours alone: false when somebody is putting, moving or erasing it."""
    libre = _executer("pg_try_advisory_lock", objet_id)
    try:
        yield libre
    finally:
        if libre:
            _executer("pg_advisory_unlock", objet_id)


def _executer(fonction: str, objet_id: uuid.UUID) -> bool:
    with connection.cursor() as curseur:
        curseur.execute(f"SELECT {fonction}(hashtextextended(%s, 0))", [f"{PREFIXE}{objet_id}"])
        return bool(curseur.fetchone()[0])
