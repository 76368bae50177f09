"""What DuckDB does of a report that is taken away: its lines, typed, as a Parquet file that says what it is."""

import json
from collections.abc import Mapping

from sne.infocentre.moteur.duck import Base


def copier(base: Base, *, lu: str, ecrit: str, colonnes: Mapping[str, str], dites: Mapping[str, str]) -> int:
    """Copy a CSV of ours (UTF-8, comma, ``\\N`` for what is empty) to Parquet; how many lines it has.

    ``colonnes``: name → type; ``dites``: what the file says of itself.
    """
    base.execute(
        f"CREATE TABLE lignes AS SELECT * FROM read_csv({_entre(lu, "'")}, header = false, auto_detect = false, "  # noqa: S608
        f"delim = ',', quote = '\"', escape = '\"', nullstr = '\\N', columns = {json.dumps(colonnes)})"
    )
    metadonnees = ", ".join(f"{_entre(cle, '"')}: {_entre(mots, "'")}" for cle, mots in dites.items())
    base.execute(
        f"COPY lignes TO {_entre(ecrit, "'")} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{metadonnees}}})"
    )
    (nombre,) = base.execute("SELECT count(*) FROM lignes").fetchone() or (0,)
    return int(nombre)


def _entre(texte: str, signe: str) -> str:
    return f"{signe}{texte.replace(signe, signe * 2)}{signe}"
