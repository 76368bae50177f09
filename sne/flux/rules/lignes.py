"""A line of the feed and the hash that ties it to all those before. Pure; a reader does the same by itself.

``tete`` of nothing = SHA-256 of ``sne-flux/1``, the territory and the series, separated by spaces; then, for each line,
SHA-256 of the head before it, 32 bytes, followed by the line as :meth:`Ligne.canonique` writes it, in UTF-8.
"""

import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from sne.flux.rules.types import Serie


def en_instant(instant: datetime) -> str:
    """``2026-11-24T08:12:04.113000Z``: six digits after the second, UTC."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line: codes and identifiers only. ``scellement``, ``rang``, ``entree``: of the journal's entry."""

    territoire: str
    serie: str
    numero: int
    scellement: int
    rang: int
    entree: uuid.UUID
    demande: uuid.UUID
    revision: int
    type: str
    survenu_le: datetime

    def canonique(self) -> str:
        """JSON array of its values in this order, without space."""
        valeurs = [
            self.territoire,
            self.serie,
            self.numero,
            self.scellement,
            self.rang,
            str(self.entree),
            str(self.demande),
            self.revision,
            self.type,
            en_instant(self.survenu_le),
        ]
        return json.dumps(valeurs, separators=(",", ":"), ensure_ascii=False)


def origine(territoire: str, serie: Serie | str) -> bytes:
    """The head of a series without lines."""
    return sha256(f"sne-flux/1 {territoire} {serie}".encode()).digest()


def suivante(tete: bytes, ligne: Ligne) -> bytes:
    """The head once this line is written."""
    return sha256(tete + ligne.canonique().encode()).digest()


def condenser(revisions: Iterable[tuple[uuid.UUID, int]]) -> tuple[int, bytes]:
    """How many demandes, and SHA-256 of a text of one line each, ``identifiant révision``, in the order given."""
    somme, nombre = sha256(), 0
    for demande, revision in revisions:
        somme.update(f"{demande} {revision}\n".encode())
        nombre += 1
    return nombre, somme.digest()
