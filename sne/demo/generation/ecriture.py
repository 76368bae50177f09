"""Writes the households in parallel, in batches; an interrupted writing resumes where it stopped."""

import ctypes
import os
import signal
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ALL_COMPLETED, FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import batched
from multiprocessing import get_context

import django

from sne.demo.generation.doubles import Doubleur, Terrain, lots_de_doubles
from sne.demo.generation.menages import Decor, Generateur, par_dates

LOT = 100  # households written by one statement
PR_SET_PDEATHSIG = 1
AVANCE = 4  # batches handed out in advance to each process
_generateurs: list[Generateur] = []  # in a writing process: the one it draws with
_doubleurs: list[Doubleur] = []


def ecrire_menages(decor: Decor, rangs: Sequence[int], *, avancer: Callable[[int], None]) -> None:
    """Write these ranks with every core; ``avancer`` is told how many each batch wrote."""
    lots = list(batched(par_dates(Generateur(decor), rangs), LOT))
    _repartir(_ecrire, lots, processus=min(_coeurs(), len(lots)), ouvrir=(decor, ()), avancer=avancer)


def ecrire_doubles(
    decor: Decor, terrains: tuple[Terrain, ...], taille: int, *, avancer: Callable[[int], None]
) -> None:
    """Write every rank from ``SOUCHE`` to ``taille`` that is missing; ``avancer`` is told what each batch covered."""
    _repartir(
        _doubler, lots_de_doubles(taille), processus=_coeurs(), ouvrir=(decor, terrains), avancer=avancer
    )


def _repartir(
    ecrire: Callable[[Sequence[int]], int],
    lots: Iterable[Sequence[int]],
    *,
    processus: int,
    ouvrir: tuple[Decor, tuple[Terrain, ...]],
    avancer: Callable[[int], None],
) -> None:
    """Hand the batches out, a few in advance: ten million ranks are never in memory together."""
    contexte = get_context("spawn")
    with ProcessPoolExecutor(max(1, processus), contexte, _ouvrir, ouvrir) as atelier:
        en_cours: set[Future[int]] = set()
        for lot in lots:
            if len(en_cours) >= AVANCE * processus:
                en_cours = _attendre(en_cours, avancer, FIRST_COMPLETED)
            en_cours.add(atelier.submit(ecrire, lot))
        _attendre(en_cours, avancer, ALL_COMPLETED)


def _attendre(en_cours: set[Future[int]], avancer: Callable[[int], None], jusqu_a: str) -> set[Future[int]]:
    finis, restent = wait(en_cours, return_when=jusqu_a)
    for fini in finis:
        avancer(fini.result())
    return restent


def _coeurs() -> int:
    return os.cpu_count() or 1


def _ouvrir(decor: Decor, terrains: tuple[Terrain, ...]) -> None:
    """First thing in a writing process: follow the parent in death, then set Django up."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    django.setup()
    _generateurs.append(Generateur(decor))
    if terrains:
        _doubleurs.append(Doubleur(_generateurs[0], terrains))


def _ecrire(rangs: Sequence[int]) -> int:
    from sne.demo.generation.atelier import ecrire_lot  # noqa: PLC0415 - once Django is set up

    return ecrire_lot(_generateurs[0], rangs)


def _doubler(rangs: Sequence[int]) -> int:
    from sne.demo.generation.atelier import ecrire_lot_de_doubles  # noqa: PLC0415 - once Django is set up

    ecrire_lot_de_doubles(_doubleurs[0], rangs)
    return len(rangs)
