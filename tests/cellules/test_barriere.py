"""The barrier round a territory that moves: putting it on waits, and lets the others go by meanwhile."""

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import psycopg
from psycopg import sql

from sne.cellules import barriere


def test_who_writes_is_waited_for_more_than_once() -> None:
    refus, ordre = [psycopg.errors.LockNotAvailable()] * (barriere.ESSAIS - 1), sql.SQL("").format()

    def executer(dit: object) -> None:
        if dit is ordre and refus:
            raise refus.pop()

    connexion: Any = SimpleNamespace(transaction=nullcontext, execute=executer)
    barriere._insister(connexion, ordre)
    assert refus == []
