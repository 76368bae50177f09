"""DuckDB, which reads and writes Parquet: only the machines that count statistics install it (the extra « lac »)."""

from importlib.util import find_spec

ABSENT = (
    "DuckDB n’est pas installé sur cette machine. Lancez la commande sur celle de l’infocentre, ou installez-le ici "
    "(« uv sync --no-dev --extra lac »)."
)
"""What an operator is told."""


def est_installe() -> bool:
    """Whether this machine has it; it is not loaded."""
    return find_spec("duckdb") is not None
