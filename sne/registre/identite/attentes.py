"""Changes of civil status that wait for a decision, or for an answer before it."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import Attendu, NatureAttente, suivre
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.modification.verbes import VerbeModification
from sne.registre.pieces.attentes import D_UNE_REVISION


class AttenteIdentite(NatureAttente):
    """Natures of what is awaited."""

    IDENTITE = (
        "IDENTITE",
        "Changement d’état civil à décider",
        Attendu("Responsable du guichet ou gestionnaire territorial", Permission.ETAT_CIVIL_DECIDER),
    )
    QUESTION_IDENTITE = (
        "QUESTION_IDENTITE",
        "Question sur un changement d’état civil",
        Attendu("Le guichet", a_ce_guichet=True),
    )


D_UN_CHANGEMENT = frozenset(AttenteIdentite)
suivre(
    {
        VerbeModification.PROPOSER_IDENTITE: (AttenteIdentite.IDENTITE,),
        VerbeIdentite.VALIDER_IDENTITE: D_UN_CHANGEMENT | D_UNE_REVISION,
        VerbeIdentite.REFUSER_IDENTITE: D_UN_CHANGEMENT,
        VerbeIdentite.ANNULER_IDENTITE: D_UN_CHANGEMENT,
        VerbeIdentite.EXPIRER_IDENTITE: D_UN_CHANGEMENT,
        VerbeIdentite.QUESTIONNER_IDENTITE: (AttenteIdentite.QUESTION_IDENTITE,),
        VerbeIdentite.REPONDRE_IDENTITE: (AttenteIdentite.QUESTION_IDENTITE,),
    }
)
