"""Sealed entries in their final order, for who writes them down elsewhere."""

import json
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sne.socle.replique import connection

LIRE = """
SELECT p.scellement, p.rang, e.id, e.territoire, e.demande, e.revision, e.verbe, e.faits::text, e.survenu_le
FROM journal_position p JOIN journal_entree e ON e.inscrit_le = p.inscrit_le AND e.id = p.entree
WHERE p.scellement > %s AND p.scellement <= %s AND e.verbe = ANY(%s) ORDER BY p.scellement, p.rang
"""


@dataclass(frozen=True, slots=True)
class EntreeScellee:
    """One entry and its place. ``demande_id`` and ``revision`` are both there, or neither."""

    scellement: int
    rang: int
    id: uuid.UUID
    territoire: str
    demande_id: uuid.UUID | None
    revision: int | None
    verbe: str
    faits: Mapping[str, object]
    survenu_le: datetime


def list_scellees(*, apres: int, jusqu_a: int, verbes: Collection[str]) -> list[EntreeScellee]:
    """Entries of these kinds in the seals after ``apres``, up to ``jusqu_a``."""
    with connection.cursor() as curseur:
        curseur.execute(LIRE, [apres, jusqu_a, sorted(map(str, verbes))])
        return [
            EntreeScellee(s, r, i, t, d, n, v, json.loads(f), le)
            for s, r, i, t, d, n, v, f, le in curseur.fetchall()
        ]
