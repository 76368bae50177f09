"""Noting what the household says of a document that does not match, after it was handed in; what was said stays."""

import uuid

from django.db import transaction

from sne.journal import actions as journal
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.pieces.actions.deposer import demande_de, exiger_en_vigueur, sante_de
from sne.registre.pieces.models import ExplicationPiece, Piece
from sne.registre.pieces.possible import exiger_joignable, exiger_sante_joignable
from sne.registre.pieces.rules.pieces_deposees import verifier_explication
from sne.registre.pieces.verbes import VerbePiece
from sne.socle.acte import Acte
from sne.socle.identifiants import uuid7


@transaction.atomic
def expliquer_piece(piece_id: uuid.UUID, explication: str, *, acte: Acte) -> uuid.UUID:
    """Add what the household says of a document in force; all of it is shown. Returns the id of the row.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed demande, nothing said, too long, a social-security
    number in it).
    """
    demande_id, sante = demande_de(piece_id, acteur=acte.acteur)
    demande = lock_demande(demande_id, acteur=acte.acteur)
    (exiger_sante_joignable if sante else exiger_joignable)(demande, acte.acteur)
    exiger_en_vigueur(demande, piece_id)
    piece = Piece.objects.get(id=piece_id)
    cle = uuid7()
    ligne = ExplicationPiece(
        id=cle,
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        piece=piece,
        texte=verifier_explication(explication),
        auteur=acte.acteur.id,
        explique_par=acte.acteur.instantane(),
        guichet=acte.acteur.guichet,
        survenu_le=acte.survenu_le,
    )
    ligne.save(force_insert=True)
    entree = entree_de(
        VerbePiece.EXPLIQUER_PIECE,
        demande,
        acte=acte,
        faits={"explication": str(cle), "piece": str(piece_id), "numero": demande.nud},
    )
    journal.inscrire_en_lot([entree, sante_de(entree, piece_id)] if piece.sante else [entree])
    return cle
