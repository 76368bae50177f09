"""Parquet files, by an engine in memory: read without trusting them, written from a CSV. Loaded by the replay alone."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from sne.rejeu.colonnes import SEPARATEUR_DE_LISTE, Demandees, FichierInvalide, Ligne

LOT = 20_000  # rows asked of the engine at once
REGLAGES: dict[str, Any] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 2,
}
"""Nothing is fetched from elsewhere."""


def lire(chemin: Path, demandees: Demandees) -> Iterator[Ligne]:
    """Each row: the columns asked for, in their order. Raises :class:`FichierInvalide`."""
    with _moteur() as base:
        try:
            decrites = base.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(chemin)]).fetchall()
            rangs = demandees.rangs([nom.strip().lower() for nom, *_ in decrites], lieu=chemin.name)
            valeurs = ", ".join(
                "NULL" if rang is None else _expression(*decrites[rang][:2]) for rang in rangs
            )
            # Names of columns only, each between quotation marks.
            base.execute(f"SELECT {valeurs} FROM read_parquet(?)", [str(chemin)])  # noqa: S608
            faites = 0
            while lot := base.fetchmany(LOT):
                yield from enumerate(lot, start=faites + 1)
                faites += len(lot)
        except duckdb.Error as exc:
            raise FichierInvalide(
                f"{chemin.name} : ce n’est pas un fichier Parquet, ou il est abîmé. Refaites-le, ou donnez un CSV."
            ) from exc


def convertir(brut: Path, cote: Path, types: Mapping[str, str]) -> None:
    """Write as Parquet the rows of a CSV of ours; a list is read back from its text."""
    textes = {nom: "VARCHAR" if _est_une_liste(genre) else genre for nom, genre in types.items()}
    voulues = ", ".join(_relue(nom) if _est_une_liste(genre) else nom for nom, genre in types.items())
    with _moteur() as base:
        # Names and types of our own columns.
        base.execute(
            f"CREATE VIEW resultat AS SELECT {voulues} FROM read_csv({_texte(str(brut))}, header = true, "  # noqa: S608
            f"auto_detect = false, delim = ',', quote = '\"', escape = '\"', columns = {json.dumps(textes)})"
        )
        base.execute(f"COPY resultat TO {_texte(str(cote))} (FORMAT parquet)")


def _expression(nom: str, genre: str) -> str:
    """A column as Python reads it: an instant without zone as it is, one with a zone on the clock of Paris."""
    cite = '"' + nom.replace('"', '""') + '"'
    if genre == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('Europe/Paris', {cite})"
    return f"CAST({cite} AS TIMESTAMP)" if genre.startswith("TIMESTAMP") else cite


def _relue(nom: str) -> str:
    return f"string_split(nullif({nom}, ''), '{SEPARATEUR_DE_LISTE}') AS {nom}"


def _est_une_liste(genre: str) -> bool:
    return genre.endswith("[]")


def _texte(valeur: str) -> str:
    return "'" + valeur.replace("'", "''") + "'"


@contextmanager
def _moteur() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:", config=REGLAGES) as base:
        yield base
