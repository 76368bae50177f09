"""Which cell holds a territory, and doing something there: the thread's default connection is that cell's meanwhile.

The first cell is the directory: accounts, sessions, rights and counters are written there, and nowhere else. Without
``SNE_CELLULES`` it is the only one, and nothing below is asked of the database.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import Connection

from sne.cellules.models import Place
from sne.socle.connexions import ANNUAIRE, FERMEE, est_une_coupure

__all__ = [
    "ANNUAIRE",
    "SIGNES",
    "a_l_annuaire",
    "a_part",
    "alias",
    "cellule_de",
    "cellule_ou",
    "cellules",
    "connexion_de",
    "d_ici",
    "dans",
    "directe",
    "du_territoire",
    "exiger_ouvert",
    "ici",
    "joindre",
    "list_places",
    "lister_joignables",
    "lister_partout",
    "partout",
    "plusieurs",
    "premiere",
]
SIGNES = 3  # of a number, its territory
ABSENCE = 10.0  # seconds for which a cell that did not answer is not asked again
lignes = logging.getLogger("sne.cellules")

_absentes: dict[str, float] = {}  # cell → until when

_quittee: ContextVar[BaseDatabaseWrapper | None] = ContextVar("cellule_quittee", default=None)


def alias(cellule: str) -> str:
    """Django's name of the database of a cell; that of this process (``SNE_CELLULE``) is the default one."""
    return DEFAULT_DB_ALIAS if cellule == settings.CELLULE else f"cellule_{cellule}"


def cellules() -> tuple[str, ...]:
    """Every cell, the directory first."""
    return tuple(sorted((settings.CELLULE, *settings.CELLULES), key=lambda nom: (nom != ANNUAIRE, nom)))


def plusieurs() -> bool:
    """Whether there is more than the directory."""
    return bool(settings.CELLULES)


def connexion_de(cellule: str) -> BaseDatabaseWrapper:
    """Django's connection of this thread to a cell, whatever the default one is now."""
    gardee = _quittee.get() if cellule == settings.CELLULE else None
    return gardee or connections[alias(cellule)]


@contextmanager
def dans(cellule: str) -> Iterator[None]:
    """What is read and written inside is that cell's. An act is of one cell: none may be under way."""
    avant = connections[DEFAULT_DB_ALIAS]
    if avant.in_atomic_block and avant is not connexion_de(cellule):
        raise RuntimeError("an act is of one cell: it cannot go on in another")
    with _sur(cellule):
        yield


@contextmanager
def a_part(cellule: str) -> Iterator[None]:
    """What is read and written inside is that cell's, in the midst of an act of another one too.

    Committed before that act then, and whatever becomes of it: for what is read, and for what does no harm alone, as an
    account that follows nothing, a code that opens nothing, a try that was counted, a draft that a colleague takes up.
    """
    with _sur(cellule):
        yield


@contextmanager
def a_l_annuaire() -> Iterator[None]:
    """:func:`a_part`, of the directory."""
    with a_part(ANNUAIRE):
        yield


@contextmanager
def _sur(cellule: str) -> Iterator[None]:
    avant, voulue = connections[DEFAULT_DB_ALIAS], connexion_de(cellule)
    if avant is voulue:
        yield
        return
    jeton = _quittee.set(connexion_de(settings.CELLULE))
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
    with a_l_annuaire():
        place = Place.objects.filter(territoire=territoire).values_list("cellule", flat=True).first()
    return place or ANNUAIRE


def ici() -> str:
    """The cell that the thread reads and writes now."""
    courante = connections[DEFAULT_DB_ALIAS]
    return next(cellule for cellule in cellules() if connexion_de(cellule) is courante)


def d_ici(territoires: Iterable[str], *, fermes: bool = False) -> tuple[str, ...]:
    """Those of these territories that this cell holds: what is done by night is done where they are, and waits for the
    next one while they are closed. ``fermes``: these as well, for what is only read; the rows of one that has switched
    are here until they are taken away, and are its no more.
    """
    if not plusieurs():
        return tuple(territoires)
    courante, places = ici(), list_places()
    lues = ((code, *places.get(code, (ANNUAIRE, False))) for code in territoires)
    return tuple(code for code, cellule, ferme in lues if cellule == courante and (fermes or not ferme))


def list_places() -> dict[str, tuple[str, bool]]:
    """Territory → its cell, whether it is closed: of those that have left the directory, or are on their way."""
    if not plusieurs():
        return {}
    with a_l_annuaire():
        return {
            place.territoire: (place.cellule, place.ferme_le is not None) for place in Place.objects.all()
        }


def du_territoire(numero: str) -> str:
    """The cell of a number, which begins by its territory: the directory for what is none. As it was typed: blanks and
    small letters are those of no other number.
    """
    return cellule_de("".join(numero.split()).upper()[:SIGNES])


def partout[T](lire: Callable[[], T]) -> dict[str, T]:
    """What each cell answers: for the few readings of the whole nation, never for a write."""
    lus = {}
    for cellule in cellules():
        with dans(cellule):
            lus[cellule] = lire()
    return lus


def lister_partout[T](lire: Callable[[], Iterable[T]]) -> tuple[T, ...]:
    """What each cell lists, one after the other, the directory first."""
    return tuple(un for lus in partout(lambda: tuple(lire())).values() for un in lus)


def lister_joignables[T](lire: Callable[[], Iterable[T]]) -> tuple[tuple[T, ...], tuple[str, ...]]:
    """What each cell that answers lists, then the cells that are away: for what says so, or is asked again next time.

    That of the page has to answer.
    """
    lus, absentes = list[T](), list[str]()
    for cellule in cellules():
        rendus = joindre(cellule, lambda: tuple(lire()))
        if rendus is None:
            absentes.append(cellule)
        else:
            lus += rendus
    return tuple(lus), tuple(absentes)


def joindre[T](
    cellule: str,
    lire: Callable[[], T],
    *,
    par: Callable[[str], AbstractContextManager[None]] = dans,
) -> T | None:
    """What this cell answers; ``None`` while it is away, and for a moment after: that of the page has to answer.

    ``par``: how it is reached, :func:`a_part` for what is read in the midst of an act of another one.
    """
    de_la_page = ici()
    if cellule != de_la_page and time.monotonic() < _absentes.get(cellule, 0.0):
        return None
    try:
        with par(cellule):
            return lire()
    except (Error, psycopg.Error) as exc:
        if cellule == de_la_page or not est_une_coupure(exc):
            raise
        _absentes[cellule] = time.monotonic() + ABSENCE
        lignes.warning("cellule_absente", extra={"cellule": cellule, "erreur": type(exc).__name__})
        return None


class TerritoireFerme(psycopg.Error):
    """What the barrier of a territory on its way to another cell would say."""

    sqlstate = FERMEE


def exiger_ouvert(territoire: str) -> None:
    """Raises what an act on this territory would meet now: closed while it moves, or its cell away. Asked before what
    serves once is spent for it.
    """
    if not plusieurs():
        return
    with a_l_annuaire():
        place = Place.objects.filter(territoire=territoire).first() or Place(cellule=ANNUAIRE)
    if place.ferme_le and place.cellule != place.vers:
        raise TerritoireFerme(f"territory {territoire} is on its way to another cell")
    with a_part(place.cellule), connections[DEFAULT_DB_ALIAS].cursor() as curseur:
        curseur.execute("SELECT 1")


def premiere[T](lire: Callable[[], T | None]) -> T | None:
    """What the first cell that knows it answers (a reference to check); ``None`` when none does.

    Raises the failure of one that is away, unless another knows: nothing is said unknown of it.
    """
    absence: Exception | None = None
    for cellule in cellules():
        try:
            with dans(cellule):
                trouve = lire()
        except (Error, psycopg.Error) as exc:
            if not est_une_coupure(exc):
                raise
            absence = exc
            continue
        if trouve is not None:
            return trouve
    if absence:
        raise absence
    return None


def cellule_ou(est_la: Callable[[], bool]) -> str:
    """The cell where something is whose address does not say its territory; the directory when it is nowhere."""
    if not plusieurs():
        return ANNUAIRE
    return premiere(lambda: ici() if est_la() else None) or ANNUAIRE
