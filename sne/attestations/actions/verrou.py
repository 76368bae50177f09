"""One act at a time on the attestations of a demande: its insert-only rows cannot be locked."""

import uuid
from collections.abc import Iterable

from sne.socle.verrous import chacun_son_tour


def verrouiller(demandes: Iterable[uuid.UUID]) -> None:
    """Wait for these demandes, always in one order, and keep them until the end of the transaction."""
    chacun_son_tour(*(f"attestation:{demande}" for demande in demandes))
