"""Files joined to messages: the module that makes them registers itself, as subscribers of the journal do."""

from collections.abc import Callable
from dataclasses import dataclass

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Piece:
    """A file to join: its name, its bytes, its media type."""

    nom: str
    contenu: bytes
    type_mime: str = PDF


class PieceIndisponible(Exception):
    """The file cannot be had, and trying again would not help; the message is a French sentence without name."""


Fournisseur = Callable[[str, str], Piece]
_FOURNISSEURS: dict[str, Fournisseur] = {}


def fournir(prefixe: str, fournisseur: Fournisseur) -> None:
    """Register who makes the files named ``prefixe:…``; it receives what follows and the territory."""
    _FOURNISSEURS[prefixe] = fournisseur


def get_pieces(nom: str, *, territoire: str) -> tuple[Piece, ...]:
    """The file that a message names, made now; none when it names none. Raises :class:`PieceIndisponible`."""
    if not nom:
        return ()
    prefixe, _, reference = nom.partition(":")
    return (_FOURNISSEURS[prefixe](reference, territoire),)
