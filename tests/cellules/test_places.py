"""No table without a place: what becomes of each when a territory moves, and how its rows are found."""

from typing import Any

import pytest
from django.db import connection

from sne.cellules.places import SansPlace, Sort, chemin, deplacees, modeles, sort_de, tables_qui
from sne.cli.travailleur import periodiques_d_ici

TABLES = """
SELECT relname FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
"""

NUMEROTEES = """
SELECT t.relname FROM pg_class t JOIN pg_attribute a ON a.attrelid = t.oid
LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum
WHERE t.relnamespace = 'public'::regnamespace
    AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval%')
"""


@pytest.mark.django_db
def test_every_table_of_the_database_has_a_place() -> None:
    with connection.cursor() as curseur:
        curseur.execute(TABLES)
        tables = [ligne[0] for ligne in curseur.fetchall()]
    assert len(tables) > 270
    assert {sort_de(table) for table in tables} == set(Sort)


@pytest.mark.django_db
def test_the_way_of_every_row_to_its_territory_is_a_condition_that_holds() -> None:
    with connection.cursor() as curseur:
        for table in deplacees():
            curseur.execute(
                f"SELECT count(*) FROM {table} ligne WHERE {chemin(table).replace('{}', "'099'")}"
            )
    assert chemin("demande") == "ligne.territoire = {}"
    assert "FROM gel" in chemin("levee_gel")
    assert deplacees().index("levee_gel") < deplacees().index("gel"), (
        "a row is found by the row that it hangs on"
    )


@pytest.mark.django_db
def test_no_row_that_moves_is_numbered_by_a_sequence() -> None:
    """Two cells would give the same number: a row that moves is named the same everywhere."""
    with connection.cursor() as curseur:
        curseur.execute(NUMEROTEES)
        numerotees = {ligne[0] for ligne in curseur.fetchall()}
    assert "procrastinate_jobs" in numerotees
    assert not numerotees & {*deplacees()}


def test_what_is_written_of_rights_stays_where_they_are() -> None:
    assert "'HABILITATIONS_TERMINEES'" in chemin("message_agent")
    assert "'TICKET_NOUVELLE'" in chemin("message_agent")
    assert "'IDENTITES" not in chemin("message_agent")
    assert chemin("message_agent").replace("ligne.", "x.") in chemin("message_agent_tentative").replace(
        "ligne_message_id.", "x."
    )
    assert deplacees().index("message_agent_tentative") < deplacees().index("message_agent")


def test_accounts_counters_and_codes_are_published() -> None:
    """``publier`` ends once each of these tables is there."""
    assert {"compte", "habilitation", "guichet", "commune", "valeur_de_liste"} < {*tables_qui(Sort.PUBLIEE)}
    assert "django_session" in tables_qui(Sort.ANNUAIRE)


def test_what_moves_hangs_on_nothing_that_stays() -> None:
    la_bas = {*tables_qui(Sort.DEPLACEE), *tables_qui(Sort.PUBLIEE)}
    restees = {
        (table, champ.column)
        for table in la_bas
        for champ in modeles()[table]._meta.concrete_fields
        if champ.remote_field and champ.remote_field.model._meta.db_table not in la_bas
    }
    assert restees == set()


def test_what_is_done_once_for_the_nation_is_the_directory_s_worker_s(settings: Any) -> None:
    toutes = set(periodiques_d_ici().periodic_tasks)
    settings.CELLULE = "nord"
    restees = {nom for nom, _ in toutes - set(periodiques_d_ici().periodic_tasks)}
    assert {
        "conventions.passer_la_nuit",
        "demandeurs.purger",
        "registre.fermer_les_comptes_laisses",
        "sensibilisation.rappeler",
    } < restees
    assert not restees & {"registre.horloge", "infocentre.heure"}


def test_a_table_that_nobody_placed_is_refused() -> None:
    with pytest.raises(SansPlace, match="say what becomes of it"):
        sort_de("table_de_demain")
    with pytest.raises(SansPlace, match="no column and no foreign key"):
        chemin("lac_curseur")
