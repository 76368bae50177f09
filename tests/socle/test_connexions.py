"""Connections that died with their server: the next request is served; what says that the database is away is known."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, OperationalError, connection, transaction
from psycopg import errors
from psycopg_pool import ConnectionPool, PoolTimeout

from config.settings.base import base_de_donnees
from sne.socle.connexions import est_une_coupure, sur_une_vivante, verifier
from tests.demo.demonstration import attendre

TAILLE = 8  # connections


@pytest.fixture
def pool(transactional_db: None, url_runtime: str) -> Iterator[ConnectionPool[Any]]:
    """Django's connections come from a pool, as in production, full."""
    reglages = connection.settings_dict
    avant = {cle: reglages[cle] for cle in ("OPTIONS", "CONN_HEALTH_CHECKS")}
    connection.close()
    reglages.update({cle: base_de_donnees(url_runtime, pool=TAILLE)[cle] for cle in avant})
    try:
        connection.pool.open(wait=True)
        prises = [connection.pool.getconn() for _ in range(TAILLE)]
        for prise in prises:
            connection.pool.putconn(prise)
        yield connection.pool
    finally:
        connection.close()
        connection.close_pool()
        reglages.update(avant)


def compter() -> int:
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")
        return int(curseur.fetchone()[0])


def tuer_les_connexions(url_owner: str) -> int:
    """End every session of the runtime role on this base; how many there were."""
    ou = "FROM pg_stat_activity WHERE usename = 'sne_runtime' AND datname = current_database()"
    with psycopg.connect(url_owner, autocommit=True) as owner:
        owner.execute("SET ROLE sne_runtime")
        tuees = [pid for pid, _ in owner.execute(f"SELECT pid, pg_terminate_backend(pid) {ou}").fetchall()]
        # These, and no others: a process that lives comes back within milliseconds.
        restent = "SELECT count(*) FROM pg_stat_activity WHERE pid = ANY(%s)"
        attendre(lambda: owner.execute(restent, [tuees]).fetchone() == (0,), "ended")
    return len(tuees)


def test_next_request_is_served_when_all_pooled_connections_died(
    pool: ConnectionPool[Any], url_owner: str
) -> None:
    assert tuer_les_connexions(url_owner) == TAILLE
    avant = pool.get_stats()["connections_num"]
    assert compter() == 1
    lues = pool.get_stats()
    assert lues["connections_lost"] == 1, "one was enough to know"
    attendre(lambda: pool.get_stats()["connections_num"] == avant + TAILLE, "all replaced")


def test_first_statement_of_a_call_is_the_check_of_its_connection(
    pool: ConnectionPool[Any], url_owner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verifiees: list[object] = []
    monkeypatch.setattr(ConnectionPool, "check_connection", staticmethod(verifiees.append))
    assert sur_une_vivante(compter) == 1
    assert verifiees == []
    connection.close()
    assert compter() == 1
    assert len(verifiees) == 1, "who does not begin by it asks as before"
    sur_une_vivante(lambda: verifier(connection.connection, alias="cellule_nord"))
    assert len(verifiees) == 2, "it is the check of its own database alone"
    connection.close()
    tuer_les_connexions(url_owner)
    assert sur_une_vivante(compter) == 1
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SELECT pg_backend_pid()")
        pid = curseur.fetchone()[0]
        with psycopg.connect(url_owner, autocommit=True) as owner:
            owner.execute("SET ROLE sne_runtime")
            owner.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        with pytest.raises(
            DatabaseError
        ):  # what the transaction did is lost: nothing is done again by itself
            sur_une_vivante(compter)
        connection.needs_rollback = True


def test_nothing_is_asked_again_where_no_connection_was_lent(
    pool: ConnectionPool[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are taken: a second wait, and all of them made anew, would make a crowd worse."""
    monkeypatch.setattr(pool, "timeout", 0.1)
    prises, essais = [pool.getconn() for _ in range(TAILLE)], list[int]()
    avant = pool.get_stats()["connections_num"]
    with pytest.raises(OperationalError):
        sur_une_vivante(lambda: [essais.append(1), compter()])
    for prise in prises:
        pool.putconn(prise)
    assert essais == [1]
    assert compter() == 1
    assert (pool.get_stats()["connections_num"], [prise.closed for prise in prises]) == (
        avant,
        [False] * TAILLE,
    )


@pytest.mark.django_db(transaction=True)
def test_without_a_pool_too(url_owner: str) -> None:
    assert compter() == 1
    tuer_les_connexions(url_owner)
    assert sur_une_vivante(compter) == 1
    with pytest.raises(DatabaseError, match="division"):
        sur_une_vivante(diviser)


def diviser() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1 / 0")


def test_live_connections_are_kept(pool: ConnectionPool[Any]) -> None:
    avant = pool.get_stats()["connections_num"]
    for _ in range(TAILLE):
        assert compter() == 1
        connection.close()
    assert pool.get_stats()["connections_num"] == avant


@pytest.mark.django_db(transaction=True)
def test_statement_s_own_fault_is_no_outage() -> None:
    for ordre in ("SELECT 1 / 0", "SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)"):
        with pytest.raises(DatabaseError) as faute, transaction.atomic(), connection.cursor() as curseur:
            for morceau in ordre.split(";"):
                curseur.execute(morceau)
        assert not est_une_coupure(faute.value), ordre


@pytest.mark.django_db(transaction=True)
def test_session_ended_by_the_server_is_an_outage(url_owner: str) -> None:
    assert compter() == 1
    tuer_les_connexions(url_owner)
    with pytest.raises(DatabaseError) as perdue:
        compter()
    assert est_une_coupure(perdue.value)
    connection.close()


@pytest.mark.parametrize(
    "cause",
    [PoolTimeout(), errors.CannotConnectNow(), errors.TooManyConnections(), errors.ReadOnlySqlTransaction()],
)
def test_server_that_lets_nobody_in_is_an_outage(cause: Exception) -> None:
    habillee = OperationalError()
    habillee.__cause__ = cause
    autour = RuntimeError()
    autour.__cause__ = habillee
    assert est_une_coupure(autour)
    assert not est_une_coupure(ValueError())
    assert not est_une_coupure(None)
