"""Locks that a session holds: by Django's connection, or by one of its own where a pooler stands in front."""

import pytest
from django.db import connection
from django.test import override_settings

from sne.socle.verrous import session, seul

LIBRE = "SELECT pg_try_advisory_lock(hashtextextended('essai', 0))"
TENUS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"


def lire(ordre: str) -> object:
    with connection.cursor() as curseur:
        curseur.execute(ordre)
        return curseur.fetchone()[0]


@pytest.mark.django_db
def test_behind_a_pooler_another_session_holds_the_lock_and_lets_it_go(url_owner: str) -> None:
    with override_settings(URL_DIRECTE=url_owner):
        with seul("essai") as pris, seul("essai") as encore:
            assert (pris, encore) == (True, False)
            assert (lire(LIBRE), lire(TENUS)) == (False, 0)
        with seul("essai", attendre=True) as pris, session() as executer:
            assert (pris, executer(TENUS, [])) == (True, [(0,)])
    assert lire(LIBRE) is True
    assert lire("SELECT pg_advisory_unlock(hashtextextended('essai', 0))") is True


@pytest.mark.django_db
def test_without_one_ours_holds_it() -> None:
    with seul("essai") as pris:
        assert (pris, lire(TENUS)) == (True, 1)
    assert lire(TENUS) == 0
