"""What may still hold a version that is to be withdrawn: subjects above reports register here what they hold of it."""

import uuid
from collections.abc import Callable
from datetime import datetime

Gardien = Callable[[uuid.UUID, datetime], None]
"""Raises ``Interdit`` when the version (its identifier) may not be withdrawn at that instant."""
_GARDIENS: dict[str, Gardien] = {}


def inscrire_gardien(nom: str, gardien: Gardien) -> None:
    """Register what is asked before a withdrawal (from ``AppConfig.ready``; the same name twice is one)."""
    _GARDIENS[nom] = gardien


def exiger_sans_orphelin(version: uuid.UUID, prend_effet_le: datetime) -> None:
    """Ask them all. Raises ``Interdit`` with the sentence of the first that refuses."""
    for nom in sorted(_GARDIENS):
        _GARDIENS[nom](version, prend_effet_le)
