"""Waits of the drills, longer where the machine is busy: what is late there is the machine, not the service."""

import contextlib
import os
import time
from collections.abc import Callable

import psycopg

PLUS_LENT = 8.0  # times; a machine slower than that proves nothing


class Impossible(RuntimeError):
    """The production does not do what it must; the message is a French sentence."""


def lenteur() -> float:
    """How many times slower than a quiet one this machine is now: what wants to run, for each processor."""
    return min(PLUS_LENT, max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1)))


def attendre[T](condition: Callable[[], T], quoi: str, *, delai: float = 90.0) -> T:
    """Wait until ``condition`` gives something true, ``delai`` seconds of a quiet machine at most.

    Raises :class:`Impossible`.
    """
    debut = time.monotonic()
    while True:
        with contextlib.suppress(OSError, psycopg.Error):
            if valeur := condition():
                return valeur
        attendu = time.monotonic() - debut
        if attendu > delai * lenteur():
            raise Impossible(f"Pas obtenu en {attendu:.0f} s : {quoi}.")
        time.sleep(0.1)
