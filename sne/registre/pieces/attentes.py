"""Documents that are awaited, to be verified, or about to end."""

from sne.registre.attente.rules import DU_GUICHET, DU_MENAGE, NatureAttente, suivre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete.verbes import VerbeEnquete
from sne.registre.joindre.attentes import AttenteJoindre
from sne.registre.pieces.verbes import VerbePiece


class AttentePiece(NatureAttente):
    """Natures of what is awaited."""

    PIECES = "PIECES", "Pièces demandées au ménage", DU_MENAGE
    PIECE_A_VERIFIER = "PIECE_A_VERIFIER", "Pièce reçue, à vérifier", DU_GUICHET
    PIECE_PERIMEE = "PIECE_PERIMEE", "Pièce dont la validité prend fin", DU_GUICHET


DU_DOSSIER = frozenset(AttentePiece)
D_UNE_REVISION = DU_DOSSIER | {AttenteJoindre.COURRIEL_INVALIDE}
"""What the documents and the persons of a demande say is not the same once its content was written again."""
suivre(
    {
        VerbeDemande.DEPOSER: (AttentePiece.PIECE_A_VERIFIER,),
        VerbeDemande.MODIFIER: D_UNE_REVISION,
        VerbeDemande.RENOUVELER: D_UNE_REVISION,
        VerbeDemande.REACTIVER: D_UNE_REVISION,
        VerbeEnquete.LEVER_GEL: (AttentePiece.PIECES,),
        VerbePiece.JOINDRE_PIECE: DU_DOSSIER,
        VerbePiece.REMPLACER_PIECE: DU_DOSSIER,
        VerbePiece.NOTER_PIECE_VUE: DU_DOSSIER,
        VerbePiece.QUALIFIER_PIECE: (AttentePiece.PIECE_A_VERIFIER, AttentePiece.PIECE_PERIMEE),
    }
)
