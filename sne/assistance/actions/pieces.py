"""Files joined to a message, and their early erasure."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sne.assistance.models import TicketMessage, TicketPiece
from sne.documents.actions import rattacher_document
from sne.documents.rules import DocumentRefuse
from sne.textes.rules import Genre, lire_numeros, masquer_nir

LIEU = "NAT"
"""The place of all documents of the desk: like its tickets, they stay when a territory moves to another cell."""
NOM_MAX = 120
AVEC_NIR = (
    "Ce fichier contient un numéro de sécurité sociale\u00a0: il n’a pas été gardé. Masquez ce numéro, puis joignez le "
    "fichier de nouveau."
)


@dataclass(frozen=True, slots=True)
class Jointe:
    """A document that was taken in, and what its file was called."""

    document: uuid.UUID
    nom: str


def joindre(message: TicketMessage, pieces: Sequence[Jointe], *, survenu_le: datetime) -> None:
    """Name documents by a message, in its transaction. Raises ``DocumentIndisponible``."""
    for piece in pieces:
        rattacher_document(piece.document, territoire=LIEU, survenu_le=survenu_le)
        TicketPiece.objects.create(message=message, document=piece.document, nom=nom_garde(piece.nom))


def nom_garde(nom: str) -> str:
    """What a file is called, as it may be kept: by the desk, and with the document."""
    return masquer_nir(nom)[:NOM_MAX]


def refuser_un_nir(texte: str) -> None:
    """What a file says, before anything of it is kept. Raises ``DocumentRefuse``."""
    if any(m.genre is Genre.NIR for m in lire_numeros(texte)):
        raise DocumentRefuse("NIR", AVEC_NIR)
