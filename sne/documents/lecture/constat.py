"""An operation that reads nothing: its answer says, as any other, what this machine closes the process with."""

from pathlib import Path
from typing import Any


def constater(dossier: Path, source: Path, bornes: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001 - as any other
    """Nothing more than what holds."""
    return {}
