"""What the database lets the role of the service do, read in its catalogue."""

import re
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from config.settings.base import DELAIS_DE_SESSION, base_de_donnees
from sne.socle.droits import admettre, droits_attendus, droits_du_portail, role_portail, role_runtime
from tests import bases

SANS_CHEMIN = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.proname NOT LIKE 'procrastinate%%'
    AND NOT EXISTS (SELECT FROM pg_depend d
        WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
    AND coalesce(array_to_string(p.proconfig, ';'), '') !~ '(^|;)search_path=pg_catalog, (public, )?pg_temp(;|$)'
"""


@pytest.mark.django_db
def test_every_function_says_where_it_looks_temporary_tables_last() -> None:
    """A function replaced without its ``SET search_path`` has lost it: say it again."""
    with connection.cursor() as curseur:
        curseur.execute(SANS_CHEMIN)
        assert curseur.fetchall() == []


@pytest.mark.django_db
def test_a_migrated_database_gives_no_temporary_tables() -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT has_database_privilege(%s, %s, 'TEMP')", [role_runtime(), bases.modele()])
        assert curseur.fetchone() == (False,)


@pytest.mark.django_db
def test_the_service_cannot_let_itself_do_more() -> None:
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        admettre("AUTRE_JOUR")


@pytest.mark.django_db
def test_its_sessions_end_what_lasts_too_long(url_runtime: str) -> None:
    """Those of the service; the tests' own have no delay, for they may be slow."""
    options: Any = base_de_donnees(url_runtime, delais=DELAIS_DE_SESSION)["OPTIONS"]
    with psycopg.connect(url_runtime, options=options["options"]) as session:
        dits = session.execute(
            "SELECT current_setting('idle_in_transaction_session_timeout'), current_setting('lock_timeout'), "
            "current_setting('statement_timeout')"
        ).fetchone()
    assert dits == ("5min", "1min", "1h")


ACCORDES = """
SELECT c.relname, a.privilege_type, NULL FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND a.grantee = (SELECT oid FROM pg_roles WHERE rolname = %s)
UNION ALL
SELECT c.relname, a.privilege_type, t.attname FROM pg_class c JOIN pg_attribute t ON t.attrelid = c.oid,
    aclexplode(t.attacl) a
WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = (SELECT oid FROM pg_roles WHERE rolname = %s)
"""
A_PORTEE = """
SELECT c.relname FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
    AND (has_any_column_privilege(%(role)s, c.oid, 'SELECT, INSERT, UPDATE')
        OR has_table_privilege(%(role)s, c.oid, 'DELETE, TRUNCATE, REFERENCES, TRIGGER'))
"""
RIEN_DE = tuple(f"sne.{m}." for m in ("habilitations", "suivi", "preuve", "sensibilisation"))


def dits(droits: str) -> set[tuple[str, str | None]]:
    """``SELECT, UPDATE (a, b)`` as the catalogue says it."""
    lus: set[tuple[str, str | None]] = set()
    for quoi, colonnes in re.findall(r"(SELECT|INSERT|UPDATE|DELETE)\s*(?:\(([^)]*)\))?", droits):
        lus |= {(quoi, c.strip()) for c in colonnes.split(",")} if colonnes else {(quoi, None)}
    return lus


@pytest.mark.django_db
def test_the_portal_has_on_each_table_what_is_declared_beside_it_and_no_more() -> None:
    """Read in the catalogue, table by table: those that say nothing of the portal give it nothing."""
    assert role_portail() not in {"", role_runtime()}
    with connection.cursor() as curseur:
        curseur.execute(ACCORDES, [role_portail(), role_portail()])
        accordes: dict[str, set[tuple[str, str | None]]] = {}
        for table, quoi, colonne in curseur.fetchall():
            accordes.setdefault(table, set()).add((quoi, colonne))
    declares = {table: dits(droits) for table, droits in droits_du_portail().items() if droits}
    assert accordes == declares
    for table, droits in declares.items():
        assert {q for q, _ in droits} <= {q for q, _ in dits(droits_attendus()[table])}, table
    modules = {m._meta.db_table: f"{m.__module__}." for m in apps.get_models()}
    assert declares["django_migrations"] == {("SELECT", None)}, "else it never says that it is ready"
    modules["django_migrations"] = "sne.socle."
    assert [t for t in declares if not modules[t].startswith("sne.") or modules[t].startswith(RIEN_DE)] == []
    with connection.cursor() as curseur:  # by any way, another role's or everybody's
        curseur.execute(A_PORTEE, {"role": role_portail()})
        assert {table for (table,) in curseur.fetchall()} == declares.keys()
