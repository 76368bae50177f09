"""Waiting for something new without holding a connection of the database, few calls at a time in one process."""

import threading
import time
from collections.abc import Callable
from uuid import UUID

from django.db import connection

PAS = 0.5  # seconds between two looks
SECONDES_MAX = 25
_verrou = threading.Lock()
_qui_attend: set[UUID] = set()


def attendre[T](lire: Callable[[], T], *, secondes: float, qui: UUID, au_plus: int) -> T:
    """What ``lire`` gives, once not empty, or after ``secondes``; at once when ``qui`` waits already, or others do.

    ``au_plus``: calls that wait at the same time; a thread of this process is held by each.
    """
    trouve = lire()
    if trouve or secondes <= 0 or not _entrer(qui, au_plus):
        return trouve
    try:
        fin = time.monotonic() + secondes
        while not trouve and (reste := fin - time.monotonic()) > 0:
            rendre_la_connexion()
            time.sleep(min(PAS, reste))
            trouve = lire()
    finally:
        with _verrou:
            _qui_attend.discard(qui)
    return trouve


def rendre_la_connexion() -> None:
    """Give the connection back to the pool; the next statement takes one. Inside a transaction it has to stay."""
    if not connection.in_atomic_block:
        connection.close()


def _entrer(qui: UUID, au_plus: int) -> bool:
    with _verrou:
        if qui in _qui_attend or len(_qui_attend) >= au_plus:
            return False
        _qui_attend.add(qui)
        return True
