"""Two acts at once: the second begins once the first is done and not committed yet, from another connection."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from django.db import connection, transaction

ATTENDU = "SELECT pg_backend_pid() = ANY (pg_blocking_pids(%s))"


def pendant[T](premier: Callable[[], object], second: Callable[[], T]) -> T:
    """What the second gives: the first is committed once the second waits for it, or is done without waiting."""
    pids: list[int] = []
    pret = threading.Event()

    def autre() -> T:
        try:
            with connection.cursor() as curseur:
                curseur.execute("SELECT pg_backend_pid()")
                pids.append(curseur.fetchone()[0])
            pret.set()
            return second()
        finally:
            pret.set()
            connection.close()

    with ThreadPoolExecutor(1) as fil:
        with transaction.atomic():
            premier()
            seconde = fil.submit(autre)
            pret.wait()
            _attendre_ou_finir(pids[0], seconde)
        return seconde.result()


def _attendre_ou_finir(pid: int, autre: Future[Any]) -> None:
    with connection.cursor() as curseur:
        while not autre.done():
            curseur.execute(ATTENDU, [pid])
            if curseur.fetchone()[0]:
                return
