"""What a store of objects does, and how it fails. Objects are opaque: encrypted before they come here."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol

A_LA_FOIS = 8  # objects that one reception sends together; a client of S3 keeps ten connections


class MagasinEnPanne(Exception):
    """The store does not answer, or refuses us. Nothing is known of what was asked."""


class Absent(Exception):
    """The store answers, and has no such object."""


class Depot(Protocol):
    """A store, used by several threads at once. Every method may raise :class:`MagasinEnPanne`."""

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


def deposer_ensemble(depots: Sequence[tuple[Depot, str, Path]]) -> None:
    """Keep each file at its address, ``A_LA_FOIS`` of them at a time: a store far away is slow, not busy.

    Raises :class:`MagasinEnPanne` once none is under way any more.
    """
    if len(depots) < 2:  # a thread would cost more than it saves
        for depot, adresse, fichier in depots:
            depot.deposer(adresse, fichier)
        return
    with ThreadPoolExecutor(A_LA_FOIS) as fils:
        demandes = [fils.submit(depot.deposer, adresse, fichier) for depot, adresse, fichier in depots]
    for demande in demandes:
        demande.result()
