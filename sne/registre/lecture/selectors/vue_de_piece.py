"""One document as its page shows it."""

import uuid
from dataclasses import dataclass
from datetime import date

from sne.referentiels.selectors import get_pieces
from sne.registre.demande import policies
from sne.registre.demande.models.demande import Demande
from sne.registre.lecture.selectors.fiche import Fiche, get_fiche
from sne.registre.pieces.models import Piece
from sne.registre.pieces.selectors.pieces import ABSENTE, PieceLue, _lire
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Introuvable
from sne.socle.lignes import trouver


@dataclass(frozen=True, slots=True)
class VueDePiece:
    """A document, the file it is in, and the others of that file."""

    fiche: Fiche
    piece: PieceLue
    pieces: tuple[PieceLue, ...]


def get_vue(piece_id: uuid.UUID, *, acteur: Acteur, le: date) -> VueDePiece:
    """A document that the actor may know of, in its file; the caller journals the reading. Raises ``Introuvable``."""
    dans = Piece.objects.filter(id=piece_id).values("demande_id")
    demande = trouver(Demande.objects.filter(policies.scope(acteur), id__in=dans), ABSENTE)
    fiche = get_fiche(demande, acteur)
    pieces = tuple(_lire(demande, get_pieces(le), fiche.contenu, acteur=acteur))
    for piece in pieces:
        if piece.id == piece_id:
            return VueDePiece(fiche, piece, pieces)
    raise Introuvable(ABSENTE)
