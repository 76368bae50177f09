"""What a store of objects does, and how it fails. Objects are opaque: encrypted before they come here."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol


class MagasinEnPanne(Exception):
    """The store does not answer, or refuses us. Nothing is known of what was asked."""


class Absent(Exception):
    """The store answers, and has no such object."""


class Depot(Protocol):
    """A store. Every method may raise :class:`MagasinEnPanne`."""

    def deposer(self, adresse: str, fichier: Path) -> None:
        """Keep the bytes of ``fichier`` here, whole and lasting on return; what was at this address is replaced."""

    def lire(self, adresse: str, *, debut: int = 0) -> Iterator[bytes]:
        """The bytes from ``debut`` on, a piece at a time. Raises :class:`Absent`."""

    def taille(self, adresse: str) -> int:
        """Bytes kept at this address. Raises :class:`Absent`."""

    def supprimer(self, adresse: str) -> None:
        """Forget this address; one that is not there is no error."""

    def lister(self) -> Iterator[tuple[str, int]]:
        """Every address and its bytes, in order, a page at a time: memory does not grow with the store."""
