"""Separations that the territorial manager has to examine."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import NatureAttente, du_gestionnaire, suivre
from sne.registre.pieces.attentes import D_UNE_REVISION, AttentePiece
from sne.registre.separation.verbes import VerbeSeparation


class AttenteSeparation(NatureAttente):
    """Natures of what is awaited."""

    SEPARATION = "SEPARATION", "Séparation à examiner", du_gestionnaire(Permission.SEPARATION_DECIDER)


suivre(
    {
        VerbeSeparation.SEPARER: D_UNE_REVISION | {AttenteSeparation.SEPARATION},
        VerbeSeparation.DECIDER_SEPARATION: (AttenteSeparation.SEPARATION, AttentePiece.PIECES),
        VerbeSeparation.LEVER_PROTECTION: (AttentePiece.PIECES,),
    }
)
