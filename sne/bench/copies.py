"""Rows of a few demandes copied by the database to many, as they were written: a column more is copied too.

The first eight signs of an identifier are those of its instant: in a copy they are those of its number (``x.h``), so
that whatever pointed inside the model points inside the copy.
"""

# ruff: noqa: S608 - the statements are put together from constants of the callers

from collections.abc import Mapping

import psycopg

COLONNES = """
SELECT column_name, udt_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
IDENTIFIANTS: Mapping[str, str] = {
    "uuid": "overlay(t.{nom}::text PLACING x.h FROM 1 FOR 8)::uuid",
    "_uuid": "regexp_replace(t.{nom}::text, '([{{,]).{{8}}-', '\\1' || x.h || '-', 'g')::uuid[]",
}
"""Type → what a column of identifiers becomes."""
DANS_UN_TEXTE = (
    "regexp_replace(t.{nom}::text, '\"[0-9a-f]{{8}}(-[0-9a-f]{{4}}-7)', '\"' || x.h || '\\1', 'g')"
)
"""Identifiers inside a document."""


def colonnes(connexion: psycopg.Connection, table: str) -> Mapping[str, str]:
    """Columns that are written, in their order, with their types."""
    return dict(connexion.execute(COLONNES, [table]).fetchall())


def copier(connexion: psycopg.Connection, table: str, valeurs: Mapping[str, str], depuis: str) -> int:
    """Add to ``table`` these values (SQL, by column) of every row of ``depuis``; how many rows."""
    noms, lues = ", ".join(valeurs), ", ".join(valeurs.values())
    return connexion.execute(f"INSERT INTO {table} ({noms}) SELECT {lues} FROM {depuis}").rowcount
