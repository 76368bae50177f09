"""The answer of the antivirus about a document in quarantine; when the document is destroyed, the history of each file
that holds it says so.
"""

import uuid

from django.db import transaction

from sne.documents.actions import noter_verdict
from sne.documents.rules import EtatDocument, Verdict
from sne.registre.demande.actions.dire import dire
from sne.registre.demande.actions.verrou import lock_demande
from sne.registre.demande.models.demande import Demande
from sne.registre.pieces import policies
from sne.registre.pieces.models import Piece
from sne.registre.pieces.verbes import VerbePiece
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import require


@transaction.atomic
def noter_verdict_de_piece(document_id: uuid.UUID, verdict: Verdict, *, acte: Acte) -> EtatDocument | None:
    """Note the verdict; an infected document goes with one entry in each file of the territory that it is in.

    Bytes and entries are written together or not at all: after a failure, the document stays in quarantine and is
    examined again. ``None``: the document is no longer there. No revision: what the household handed in does not
    change. Raises ``Introuvable``, ``NonHabilite``, ``Efface``.
    """
    if verdict is Verdict.INFECTE:
        _verrouiller(
            document_id, acteur=acte.acteur
        )  # before the document, in the order of every act that names one
    etat = noter_verdict(document_id, verdict, survenu_le=acte.survenu_le)
    if etat is EtatDocument.INFECTE:
        for demande, piece_id in _verrouiller(
            document_id, acteur=acte.acteur
        ):  # and those who named it meanwhile
            dire(
                VerbePiece.DETRUIRE_PIECE,
                demande,
                acte=acte,
                faits={"piece": str(piece_id), "numero": demande.nud},
            )
    return etat


def _verrouiller(document_id: uuid.UUID, *, acteur: Acteur) -> list[tuple[Demande, uuid.UUID]]:
    """The files that this document is in, locked in the order of their ids, with the document as each names it."""
    couples = Piece.objects.filter(document=document_id).order_by("demande_id", "id")
    nommees = []
    for demande_id, piece_id in couples.values_list("demande_id", "id"):
        demande = lock_demande(demande_id, acteur=acteur)
        require(
            policies.can_detruire_piece(acteur, demande),
            "Seul le service détruit une pièce que l’antivirus a trouvée infectée.",
        )
        nommees.append((demande, piece_id))
    return nommees
