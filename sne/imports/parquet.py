"""The child that reads one Parquet file: rows of texts on its output. Only this file of the module loads an engine."""

import json
import resource
import sys
from typing import Any

MEMOIRE = "192MB"
ADRESSES, PROCESSEUR = 2 << 30, 300  # bytes, seconds
LOT = 500
IMBRIQUES = ("STRUCT", "MAP", "UNION", "BLOB")


def principal(chemin: str) -> int:
    """Write the columns, then each row; 1 when a column is not simple. Raises what the engine does."""
    resource.setrlimit(resource.RLIMIT_AS, (ADRESSES, ADRESSES))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSEUR, PROCESSEUR + 1))
    import duckdb  # noqa: PLC0415 - after the limits

    reglages: dict[str, Any] = {"threads": 1, "memory_limit": MEMOIRE, "autoinstall_known_extensions": False}
    reglages |= {"autoload_known_extensions": False, "preserve_insertion_order": True}
    with duckdb.connect(":memory:", config=reglages) as base:
        decrites = base.execute("DESCRIBE SELECT * FROM read_parquet(?)", [chemin]).fetchall()
        if any(genre.endswith("]") or genre.startswith(IMBRIQUES) for _, genre, *_ in decrites):
            return 1
        sys.stdout.write(json.dumps([nom for nom, *_ in decrites]) + "\n")
        base.execute("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM read_parquet(?)", [chemin])
        while lot := base.fetchmany(LOT):
            for rangee in lot:
                sys.stdout.write(json.dumps(rangee) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(principal(sys.argv[1]))
