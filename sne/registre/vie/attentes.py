"""What the state of a demande changes in what waits on it, the doubles that the territorial manager has to judge."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import NatureAttente, du_gestionnaire, suivre
from sne.registre.pieces.attentes import AttentePiece
from sne.registre.vie.verbes import VerbeVie


class AttenteVie(NatureAttente):
    """Natures of what is awaited."""

    ANNULATION = (
        "ANNULATION",
        "Annulation d’un double à décider",
        du_gestionnaire(Permission.DEMANDE_ANNULER),
    )


suivre(
    {
        VerbeVie.RADIER: (AttentePiece.PIECES,),
        VerbeVie.ANNULER: (AttentePiece.PIECES, AttenteVie.ANNULATION),
        VerbeVie.RETABLIR: (AttentePiece.PIECES,),
        VerbeVie.DEMANDER_ANNULATION: (AttenteVie.ANNULATION,),
        VerbeVie.REFUSER_ANNULATION: (AttenteVie.ANNULATION,),
    }
)
