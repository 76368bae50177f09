"""Answers asked of a household, documents included."""

from sne.registre.attente.rules import DU_MENAGE, NatureAttente, suivre
from sne.registre.faits.verbes import VerbeFait
from sne.registre.pieces.attentes import AttentePiece


class AttenteFait(NatureAttente):
    """Natures of what is awaited."""

    REPONSE_MENAGE = "REPONSE_MENAGE", "Réponse demandée au ménage", DU_MENAGE


suivre(
    {
        VerbeFait.CONSIGNER_EVENEMENT: (AttentePiece.PIECES, AttenteFait.REPONSE_MENAGE),
        VerbeFait.DEMANDER_PIECES: (AttentePiece.PIECES, AttenteFait.REPONSE_MENAGE),
        VerbeFait.CONSIGNER_DECISION: (AttenteFait.REPONSE_MENAGE,),
        VerbeFait.CONSIGNER_ATTRIBUTION: (AttenteFait.REPONSE_MENAGE,),
    }
)
