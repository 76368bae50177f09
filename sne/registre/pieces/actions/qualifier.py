"""Saying what a document is worth: valid, unusable, out of the list, outdated, twice there. Nothing is deleted."""

import uuid

from django.db import transaction

from sne.documents.rules import EtatDocument
from sne.documents.selectors import get_etat
from sne.journal import actions as journal
from sne.registre.demande.actions.dire import entree_de
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.pieces.actions.deposer import demande_de, exiger_en_vigueur, sante_de
from sne.registre.pieces.models import Piece, QualificationPiece
from sne.registre.pieces.possible import exiger_qualifiable
from sne.registre.pieces.rules.pieces_deposees import (
    exiger_ouvrable,
    verifier_qualification,
)
from sne.registre.pieces.verbes import VerbePiece
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit
from sne.socle.identifiants import uuid7


@transaction.atomic
def qualifier_piece(piece_id: uuid.UUID, qualification: str, *, motif: str = "", acte: Acte) -> uuid.UUID:
    """Add what is said of a document in force; the last thing said counts. Returns the id of the row.

    Raises ``Introuvable``, ``NonHabilite``, ``Interdit`` (closed demande, a document only seen, one that does not open
    said valid, or no reason given).
    """
    demande_id, sante = demande_de(piece_id, acteur=acte.acteur)
    demande = lock_demande(demande_id, acteur=acte.acteur)
    exiger_qualifiable(demande, acte.acteur, sante=sante)
    exiger_en_vigueur(demande, piece_id)
    dite = verifier_qualification(qualification, motif)
    piece = Piece.objects.get(id=piece_id)
    if piece.document is None:
        raise Interdit("Cette pièce a été vue au guichet, sans copie. Il n’y a rien à qualifier.")
    etat = get_etat(piece.document, territoire=demande.territoire)
    exiger_ouvrable(dite, ouvrable=etat is EtatDocument.DISPONIBLE)
    cle = uuid7()
    ligne = QualificationPiece(
        id=cle,
        territoire=demande.territoire,
        demande=demande,
        revision=demande.revision,
        piece=piece,
        qualification=str(dite),
        motif=motif.strip(),
        auteur=acte.acteur.id,
        qualifie_par=acte.acteur.instantane(),
        guichet=acte.acteur.guichet,
        survenu_le=acte.survenu_le,
    )
    ligne.save(force_insert=True)
    entree = entree_de(
        VerbePiece.QUALIFIER_PIECE,
        demande,
        acte=acte,
        faits={
            "qualification": str(cle),
            "piece": str(piece_id),
            "numero": demande.nud,
            "issue": str(dite),
        },
    )
    journal.inscrire_en_lot([entree, sante_de(entree, piece_id)] if piece.sante else [entree])
    return cle
