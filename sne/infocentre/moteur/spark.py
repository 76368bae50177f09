"""What Spark does of the lake: the counts that DuckDB makes, of the same files, by the SQL compiled for it.

For a platform that holds the data; the service starts none.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from pyspark.sql import SparkSession

from sne.infocentre.moteur.cellules import decouper
from sne.infocentre.moteur.condition import condition, du_fait

REGLAGES: Mapping[str, str] = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.parquet.filterPushdown": "true",
    "spark.sql.shuffle.partitions": "2",
}
SANS_PAGE: Mapping[str, str] = {"spark.ui.enabled": "false"}
"""Of a session that starts its own Spark: a server set up elsewhere takes none of it."""
TYPES: Mapping[str, str] = {
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "int8": "tinyint",
    "int16": "smallint",
    "int32": "int",
    "int64": "bigint",
}


def ouvrir(maitre: str) -> SparkSession:
    """A session: ``local[2]``, ``spark://…``, or ``sc://…`` for Spark Connect."""
    constructeur = SparkSession.builder
    ailleurs = maitre.startswith("sc://")
    constructeur = constructeur.remote(maitre) if ailleurs else constructeur.master(maitre)
    for nom, valeur in {**REGLAGES, **({} if ailleurs else SANS_PAGE)}.items():
        constructeur = constructeur.config(nom, valeur)
    return constructeur.getOrCreate()


def compter(
    session: SparkSession, *, faits: Mapping[str, Any], filtre: Mapping[str, Any]
) -> list[tuple[str, str, str, str, str, int]]:
    """The cells of these facts within the filter, as :func:`sne.infocentre.moteur.duck.compter` gives them."""
    cellules: list[tuple[str, str, str, str, str, int]] = []
    for nom, fait in faits.items():
        _voir(session, nom, fait["fichiers"], fait["colonnes"], du_fait(fait, filtre))
        for sql in fait["sql"]:
            for ligne in session.sql(sql).collect():
                cellules += decouper(ligne.asDict())
    return cellules


def _voir(
    session: SparkSession,
    nom: str,
    fichiers: Sequence[str],
    colonnes: Mapping[str, str],
    filtre: Mapping[str, Any],
) -> None:
    """The lines within the filter, under the name of the fact; no file at all is no line."""
    schema = ", ".join(f"{colonne} {TYPES[genre]}" for colonne, genre in colonnes.items())
    lues = session.read.schema(schema).parquet(*fichiers) if fichiers else session.createDataFrame([], schema)
    lues.where(condition(filtre)).createOrReplaceTempView(nom)
