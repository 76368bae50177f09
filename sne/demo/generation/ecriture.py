"""Writes the households in parallel, in batches; an interrupted writing resumes where it stopped."""

import ctypes
import os
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import batched
from multiprocessing import get_context

import django

from sne.demo.generation.menages import Decor, Generateur, par_dates

LOT = 100  # households written by one statement
PR_SET_PDEATHSIG = 1
_generateurs: list[Generateur] = []  # in a writing process: the one it draws with


def ecrire_menages(decor: Decor, rangs: Sequence[int], *, avancer: Callable[[int], None]) -> None:
    """Write these ranks with every core; ``avancer`` is told how many each batch wrote."""
    lots = list(batched(par_dates(Generateur(decor), rangs), LOT))
    processus = max(1, min(os.cpu_count() or 1, len(lots)))
    with ProcessPoolExecutor(processus, get_context("spawn"), _ouvrir, (decor,)) as atelier:
        for fini in as_completed([atelier.submit(_ecrire, lot) for lot in lots]):
            avancer(fini.result())


def _ouvrir(decor: Decor) -> None:
    """First thing in a writing process: follow the parent in death, then set Django up."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    django.setup()
    _generateurs.append(Generateur(decor))


def _ecrire(rangs: Sequence[int]) -> int:
    from sne.demo.generation.atelier import ecrire_lot  # noqa: PLC0415 - once Django is set up

    return ecrire_lot(_generateurs[0], rangs)
