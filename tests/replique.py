"""The suite on a replica that is late (``make replique``): who reads there, what is waited for, what cannot hold.

Elsewhere a test is undone with its transaction, and a replica never sees what it wrote. Here the tests of the pages
that a replica may serve commit, each in a database of its own.
"""

import functools
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.test import TestCase, TransactionTestCase

from sne.socle import replique
from sne.socle.bases import url_de_base

ICI = Path(__file__).parent
ESSAIS, PAUSE = 1_200, 0.05  # seconds
PAS_PRESSEE = 3_600  # seconds
DU_SERVICE = replique._a_jour

VALIDENT = (
    "guichet/test_accueil.py",
    "guichet/test_detail_d_un_chiffre.py",
    "guichet/test_files.py",
    "guichet/test_infocentre.py",
    "guichet/test_listes.py",
    "guichet/test_puis_le_suivant.py",
    "guichet/test_recapitulatif.py",
    "guichet/test_recherche.py",
    "guichet/test_suivi.py",
    "guichet/test_tri.py",
)
"""Tests of the pages that say ``lue_ailleurs``."""

COMPTE = "counts the statements that one server answers"
RESTENT_DANS_UNE_TRANSACTION: dict[str, str] = {
    "guichet/test_accueil.py::test_requetes_constantes": COMPTE,
    "guichet/test_accueil.py::test_ce_qui_attend_le_gestionnaire": COMPTE,
    "guichet/test_listes.py::test_as_many_statements_whatever_the_number_of_lines": COMPTE,
    "guichet/test_recapitulatif.py::test_queries_do_not_grow_with_lines": COMPTE,
    "guichet/test_recherche.py::test_requetes_constantes": COMPTE,
    "guichet/test_suivi.py::test_as_many_statements_for_one_file_as_for_three": COMPTE,
}
"""Of those, which do not commit, and why: read where they are written, as in every other run."""

IMPOSSIBLES: dict[str, str] = {}
"""Tests that cannot hold beside a replica, and why. None is left out of any other run."""


def preparer(items: list[pytest.Item]) -> None:
    """Those of the pages commit; those that cannot hold are skipped, and say why."""
    if not replique.existe():
        return
    for item in items:
        fichier = str(item.path.relative_to(ICI))
        nom = f"{fichier}::{getattr(item, 'originalname', item.name)}"
        if nom in IMPOSSIBLES:
            item.add_marker(pytest.mark.skip(reason=IMPOSSIBLES[nom]))
        elif fichier in VALIDENT and nom not in RESTENT_DANS_UNE_TRANSACTION and _dans_une_base(item):
            item.add_marker(pytest.mark.django_db(transaction=True), append=False)


def _dans_une_base(item: pytest.Item) -> bool:
    return bool(item.get_closest_marker("django_db")) or "db" in getattr(item, "fixturenames", ())


@dataclass
class Positions:
    """Where the write-ahead log is, asked of both servers beside what the tests do.

    What a test prepared is waited for: no session knows how far it was written. What a person wrote by the pages
    themselves is not: showing it at once is the service's own affair.
    """

    ecriture: psycopg.Connection[Any]
    lecture: psycopg.Connection[Any]
    derniere: tuple[str | None, str] = (None, "")  # whose request was the last to end, and where
    prepare: dict[str | None, str] = field(
        default_factory=dict
    )  # for each session: what was written by others

    def ici(self) -> str:
        lu = self.ecriture.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone()
        return str(lu[0]) if lu else ""

    def attendre(self, jusqu_a: str) -> None:
        passee = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"
        for _ in range(ESSAIS):  # time may stand still in a test
            if self.lecture.execute(passee, [jusqu_a]).fetchone() == (True,):
                return
            time.sleep(PAUSE)
        raise TimeoutError(f"The replica has not passed {jusqu_a} in {ESSAIS * PAUSE:.0f} s.")


_a_attendre: ContextVar[str] = ContextVar("a_attendre", default="")


def _suivre(positions: Positions) -> Callable[[SessionMiddleware, HttpRequest], HttpResponse]:
    """The middleware of sessions, that also notes where each request starts and ends."""
    passer = SessionMiddleware.__call__

    @functools.wraps(passer)
    def _passer(self: SessionMiddleware, request: HttpRequest) -> HttpResponse:
        if self.async_mode:
            return passer(self, request)
        session, ici = request.COOKIES.get(settings.SESSION_COOKIE_NAME), positions.ici()
        if session is None or positions.derniere != (session, ici):
            positions.prepare[session] = ici
        jeton = _a_attendre.set(positions.prepare[session])
        try:
            reponse = passer(self, request)
        finally:
            _a_attendre.reset(jeton)
        suivante = request.session.session_key
        positions.prepare[suivante] = positions.prepare[session]  # first: a browser asks for several at once
        positions.derniere = suivante, positions.ici()
        return reponse

    return _passer


@contextmanager
def lue_en_retard(base: str) -> Iterator[None]:
    """Pages that may be are read on the replica (``avec --replique 1s``) of this database."""
    connections[replique.LECTURE].settings_dict["NAME"] = base
    TransactionTestCase.databases, TestCase.databases = (
        {replique.ECRITURE, replique.LECTURE},
        {replique.ECRITURE},
    )
    url = url_de_base(os.environ["SNE_RUNTIME_URL"], "postgres")
    with (
        psycopg.connect(url, autocommit=True) as ecriture,
        psycopg.connect(url, host=os.environ["SNE_LECTURE_HOTE"], autocommit=True) as lecture,
        pytest.MonkeyPatch.context() as remplace,
    ):
        positions = Positions(ecriture, lecture)

        def a_jour(apres: str, _: int) -> bool:
            if connections[replique.ECRITURE].in_atomic_block:
                return False
            positions.attendre(_a_attendre.get() or positions.ici())
            return DU_SERVICE(apres, PAS_PRESSEE)

        remplace.setattr(replique, "_a_jour", a_jour)
        remplace.setattr(SessionMiddleware, "__call__", _suivre(positions))
        yield
