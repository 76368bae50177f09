"""What the database lets the role of the service do, read in its catalogue."""

from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from config.settings.base import DELAIS_DE_SESSION, base_de_donnees
from sne.socle.droits import admettre, role_runtime
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
