"""One at a time writes the lake, or proves it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

PRENDRE = "SELECT pg_try_advisory_lock(hashtext('lac'))"
ATTENDRE = "SELECT pg_advisory_lock(hashtext('lac')), true"
RENDRE = "SELECT pg_advisory_unlock(hashtext('lac'))"


@contextmanager
def seul(*, attendre: bool = False) -> Iterator[bool]:
    """Whether nobody else is at work; the lock is that of the session, which a killed process loses with it."""
    with connection.cursor() as curseur:
        curseur.execute(ATTENDRE if attendre else PRENDRE)
        pris = bool(curseur.fetchone()[-1])
    try:
        yield pris
    finally:
        if pris:
            with connection.cursor() as curseur:
                curseur.execute(RENDRE)
