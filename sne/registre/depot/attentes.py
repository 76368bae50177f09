"""Earlier dates that were asked for."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import NatureAttente, du_gestionnaire, suivre
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.pieces.attentes import AttentePiece


class AttenteDepot(NatureAttente):
    """Natures of what is awaited."""

    ANTERIORITE = (
        "ANTERIORITE",
        "Date de dépôt antérieure à décider",
        du_gestionnaire(Permission.ANTERIORITE_DECIDER),
    )


suivre(
    {
        VerbeDemande.DEPOSER: (AttenteDepot.ANTERIORITE,),
        VerbeDepot.DECIDER_ANTERIORITE: (AttenteDepot.ANTERIORITE, AttentePiece.PIECES),
    }
)
