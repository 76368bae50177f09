"""One act at a time on the attestations of a demande: its insert-only rows cannot be locked."""

import uuid
from collections.abc import Iterable

from django.db import connection


def verrouiller(demandes: Iterable[uuid.UUID]) -> None:
    """Wait for these demandes, always in one order, and keep them until the end of the transaction."""
    cles = [f"attestation:{demande}" for demande in sorted(set(demandes))]
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(cle, 0)) FROM unnest(%s::text[]) AS cle", [cles]
        )
