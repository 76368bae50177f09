"""Bring a table to what a file says: one statement adds, changes and ends rows, and counts them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models
from psycopg import sql
from psycopg.types.json import Jsonb

Ligne = dict[str, Any]

# The sub-statements see the same snapshot: a row added by one is not seen by the others.
ORDRE = sql.SQL("""
    WITH source AS MATERIALIZED (
        SELECT {colonnes} FROM jsonb_populate_recordset(NULL::{table}, %(lignes)s)
    ), changees AS (
        UPDATE {table} t SET {affectations} FROM source s
        WHERE {memes} AND ({anciennes}) IS DISTINCT FROM ({nouvelles}) RETURNING 1
    ), ajoutees AS (
        INSERT INTO {table} ({colonnes}) SELECT {colonnes} FROM source s
        WHERE NOT EXISTS (SELECT FROM {table} t WHERE {memes}) RETURNING 1
    ), closes AS (
        UPDATE {table} t SET fin = greatest(debut, %(veille)s)
        WHERE fin IS NULL AND {portee} AND NOT EXISTS (SELECT FROM source s WHERE {memes}) RETURNING 1
    )
    SELECT (SELECT count(*) FROM ajoutees), (SELECT count(*) FROM changees), (SELECT count(*) FROM closes)
""")


class Portee(StrEnum):
    """Which rows absent from the file have ended (an SQL condition); the others belong to somebody else."""

    TOUTES = "true"
    AUCUNE = "false"
    REELLES = "NOT t.fictif"
    FICTIVES = "t.fictif"


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a load did to one table."""

    table: str
    ajoutees: int = 0
    changees: int = 0
    closes: int = 0

    @property
    def sans_effet(self) -> bool:
        """Whether the table already said what the file says."""
        return not (self.ajoutees or self.changees or self.closes)


def synchroniser(
    modele: type[models.Model],
    lignes: Sequence[Ligne],
    *,
    cle: tuple[str, ...],
    le: date,
    clore: Portee,
    using: str,
) -> Bilan:
    """Make ``modele`` hold ``lignes`` (all with the same keys: attribute names, for example ``commune_id``).

    A row of the scope ``clore`` whose ``cle`` is absent from ``lignes`` ends on the eve of ``le``; it is never
    deleted, since demandes may name it. Raises ``ValueError`` when there is no row at all.
    """
    table = modele._meta.db_table
    if not lignes:
        raise ValueError(f"no row for {table}: an empty file would end everything")
    colonnes = list(lignes[0])
    libres = [c for c in colonnes if c not in cle]
    ordre = ORDRE.format(
        table=sql.Identifier(table),
        colonnes=_liste(colonnes),
        affectations=sql.SQL(", ").join(sql.SQL("{0} = s.{0}").format(sql.Identifier(c)) for c in libres),
        anciennes=_liste(libres, "t."),
        nouvelles=_liste(libres, "s."),
        memes=sql.SQL(" AND ").join(_meme(modele, c) for c in cle),
        portee=sql.SQL(clore.value),
    )
    connexion = connections[using]
    valeurs: dict[str, Any] = {"lignes": Jsonb(lignes, dumps=_json), "veille": le - timedelta(days=1)}
    with connexion.cursor() as curseur:
        texte = ordre.as_string(connexion.connection)
        curseur.execute(texte, valeurs)
        return Bilan(table, *curseur.fetchone())


def _json(valeur: Any) -> str:
    return DjangoJSONEncoder().encode(valeur)


def _liste(colonnes: Sequence[str], prefixe: str = "") -> sql.Composed:
    return sql.SQL(", ").join(sql.SQL(prefixe) + sql.Identifier(c) for c in colonnes)


def _meme(modele: type[models.Model], colonne: str) -> sql.Composed:
    # Equality can be hashed, IS NOT DISTINCT FROM cannot: kept for the few key columns that may be empty.
    comparaison = (
        "t.{0} IS NOT DISTINCT FROM s.{0}" if modele._meta.get_field(colonne).null else "t.{0} = s.{0}"
    )
    return sql.SQL(comparaison).format(sql.Identifier(colonne))
