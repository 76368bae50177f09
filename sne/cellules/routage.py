"""Which cell holds a territory, and doing something there: the thread's default connection is that cell's meanwhile.

The first cell is the directory: accounts, sessions, rights and counters are written there, and nowhere else. Without
``SNE_CELLULES`` it is the only one, and nothing below is asked of the database.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection

from sne.cellules.models import Place

ANNUAIRE = "annuaire"

_quittee: ContextVar[BaseDatabaseWrapper | None] = ContextVar("annuaire", default=None)


def alias(cellule: str) -> str:
    """Django's name of the database of a cell."""
    return DEFAULT_DB_ALIAS if cellule == ANNUAIRE else f"cellule_{cellule}"


def cellules() -> tuple[str, ...]:
    """Every cell, the directory first."""
    return (ANNUAIRE, *settings.CELLULES)


def plusieurs() -> bool:
    """Whether there is more than the directory."""
    return bool(settings.CELLULES)


def connexion_de(cellule: str) -> BaseDatabaseWrapper:
    """Django's connection of this thread to a cell, whatever the default one is now."""
    gardee = _quittee.get() if cellule == ANNUAIRE else None
    return gardee or connections[alias(cellule)]


@contextmanager
def dans(cellule: str) -> Iterator[None]:
    """What is read and written inside is that cell's. An act is of one cell: none may be under way."""
    avant, voulue = connections[DEFAULT_DB_ALIAS], connexion_de(cellule)
    if avant is voulue:
        yield
        return
    if avant.in_atomic_block:
        raise RuntimeError("an act is of one cell: it cannot go on in another")
    jeton = _quittee.set(connexion_de(ANNUAIRE))
    connections[DEFAULT_DB_ALIAS] = voulue
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = avant
        _quittee.reset(jeton)


@contextmanager
def directe(cellule: str) -> Iterator[Connection[Any]]:
    """A connection of its own to a cell, outside Django, each statement its own transaction."""
    sienne = connexion_de(cellule).copy()
    sienne.connect()
    try:
        yield sienne.connection
    finally:
        sienne.close()


def cellule_de(territoire: str) -> str:
    """The cell that holds a territory: the directory, unless it was moved."""
    if not (territoire and plusieurs()):
        return ANNUAIRE
    with dans(ANNUAIRE):
        place = Place.objects.filter(territoire=territoire).values_list("cellule", flat=True).first()
    return place or ANNUAIRE


def partout[T](lire: Callable[[], T]) -> dict[str, T]:
    """What each cell answers: for the few readings of the whole nation, never for a write."""
    lus = {}
    for cellule in cellules():
        with dans(cellule):
            lus[cellule] = lire()
    return lus


def premiere[T](lire: Callable[[], T | None]) -> T | None:
    """What the first cell that knows it answers (a reference to check); ``None`` when none does."""
    for cellule in cellules():
        with dans(cellule):
            trouve = lire()
        if trouve is not None:
            return trouve
    return None
