"""Waits of the drills; whether a time goes beyond its bar, and whether this machine is free enough to say so."""

import contextlib
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psycopg

PATIENCE = 300.0  # seconds that a drill waits for anything before it gives up: no bar
LIBRE = 0.5  # share of the processors that nobody wants beside a production at rest, for a time to be judged
OBSERVATION = 5.0  # seconds
SANS_VERDICT = 75  # exit status (« try again ») when all that is wrong is late, on a machine that others use


class Impossible(RuntimeError):
    """The production does not do what it must; the message is a French sentence."""


class Retard(str):
    """A fault of time alone: on a machine that others use, it says nothing of the service."""

    __slots__ = ()


def attendre[T](condition: Callable[[], T], quoi: str, *, delai: float = PATIENCE) -> T:
    """Wait until ``condition`` gives something true. Raises :class:`Impossible` after ``delai`` seconds."""
    debut = time.monotonic()
    while True:
        with contextlib.suppress(OSError, psycopg.Error):
            if valeur := condition():
                return valeur
        attendu = time.monotonic() - debut
        if attendu > delai:
            raise Impossible(f"Pas obtenu en {attendu:.0f} s : {quoi}.")
        time.sleep(0.1)


def a_temps(condition: Callable[[], object], quoi: str, *, barre: float) -> list[str]:
    """Wait for ``condition``; what is wrong when it took longer than its bar, in seconds."""
    debut = time.monotonic()
    try:
        attendre(condition, quoi)
    except Impossible as exc:
        return [Retard(exc)]
    return depasse(f"{quoi} :", time.monotonic() - debut, barre)


def depasse(quoi: str, secondes: float, barre: float) -> list[str]:
    """What is wrong when a time goes beyond its bar, which is the same on any machine."""
    return [Retard(f"{quoi} {secondes:.1f} s ({barre:.0f} permises)")] if secondes > barre else []


def occupation(secondes: float = OBSERVATION) -> float:
    """The share of the processors that somebody uses, over the next seconds."""
    ensemble, personne = _temps()
    time.sleep(secondes)
    ensuite, toujours_personne = _temps()
    return 1 - (toujours_personne - personne) / max(1, ensuite - ensemble)


def _temps() -> tuple[int, int]:
    """Ticks of every processor since the machine started: all of them, and those that nobody used."""
    ticks = [int(mot) for mot in Path("/proc/stat").read_text().partition("\n")[0].split()[1:9]]
    return sum(ticks), ticks[3] + ticks[4]  # idle, and waiting for a disk


def trancher(fautes: Iterable[str], *, occupee: float) -> list[str]:
    """The same faults; what is late is one like another where the machine was free. ``occupee``: share that was not."""
    return [str(faute) if occupee <= 1 - LIBRE else faute for faute in fautes]


def dite(faute: str) -> str:
    """A fault as a drill prints it."""
    return f"{'SANS VERDICT, machine occupée' if isinstance(faute, Retard) else 'FAUTE'} : {faute}"


def conclure(fautes: Iterable[str]) -> int:
    """The exit status: 0 when all holds, 1 on a fault, :data:`SANS_VERDICT` when a busy machine was late."""
    retards = [isinstance(faute, Retard) for faute in fautes]
    if all(retards):
        return SANS_VERDICT if retards else 0
    return 1
