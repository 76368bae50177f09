"""Opening a document of a demande: a read that leaves a trace, whatever the page or the thumbnail."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from sne.habilitations.rules import Permission, sans_droit
from sne.journal import actions as journal
from sne.journal.rules import Entree, Verbe
from sne.registre.actions.pieces import demande_de
from sne.registre.models import Demande, Piece
from sne.registre.rules.pieces_deposees import exiger_motif_de_lecture
from sne.registre.rules.refus import Introuvable
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


@dataclass(frozen=True, slots=True)
class PieceConsultee:
    """What is needed to open the file of a document, now that its reading is told."""

    id: uuid.UUID
    document: uuid.UUID
    territoire: str
    nud: str


@transaction.atomic
def consulter_piece(
    piece_id: uuid.UUID, *, acteur: Acteur, survenu_le: datetime, motif: str = ""
) -> PieceConsultee:
    """Let a document be opened, replaced ones too, its reading journalled first; health has its own entry besides.

    ``motif``: why, which a document of health asks for. Raises ``Introuvable`` (out of the perimeter, of health for who
    may not read it, or seen without a copy), ``NonHabilite``, ``Interdit``.
    """
    demande, piece = _a_ouvrir(piece_id, acteur)
    exiger_motif_de_lecture(sante=piece.sante, motif=motif)
    lecture = Entree(
        verbe=Verbe.CONSULTER_PIECE,
        acteur=acteur,
        survenu_le=survenu_le,
        territoire=demande.territoire,
        demande_id=demande.id,
        revision=demande.revision,
        faits={"piece": str(piece_id)} | ({"motif": motif} if motif else {}),
    )
    entrees = [lecture, replace(lecture, verbe=Verbe.CONSULTER_SANTE)] if piece.sante else [lecture]
    journal.inscrire_en_lot(entrees)
    return _consultee(demande, piece)


def suivre_piece(piece_id: uuid.UUID, *, acteur: Acteur) -> PieceConsultee:
    """The next page of a reading told already: the right is asked again, nothing is written.

    Raises as :func:`consulter_piece`.
    """
    return _consultee(*_a_ouvrir(piece_id, acteur))


def _a_ouvrir(piece_id: uuid.UUID, acteur: Acteur) -> tuple[Demande, Piece]:
    require(acteur.peut(Permission.PIECE_LIRE), sans_droit(Permission.PIECE_LIRE))
    demande_id, _ = demande_de(piece_id, acteur=acteur)
    demande = Demande.objects.get(id=demande_id)
    piece = Piece.objects.get(id=piece_id)
    if piece.document is None:
        raise Introuvable("Cette pièce a été vue au guichet, sans copie. Il n’y a rien à ouvrir.")
    return demande, piece


def _consultee(demande: Demande, piece: Piece) -> PieceConsultee:
    assert piece.document is not None
    return PieceConsultee(piece.id, piece.document, demande.territoire, demande.nud)
