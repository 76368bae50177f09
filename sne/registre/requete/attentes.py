"""Changes that a household asked of a counter."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import Attendu, NatureAttente, suivre
from sne.registre.requete.verbes import VerbeRequete


class AttenteRequete(NatureAttente):
    """Natures of what is awaited."""

    REQUETE = (
        "REQUETE",
        "Changement demandé en ligne, à faire avec la personne",
        Attendu("Le guichet", Permission.DEMANDE_MODIFIER),
    )


suivre(
    dict.fromkeys(
        (
            VerbeRequete.DEPOSER_REQUETE,
            VerbeRequete.RETIRER_REQUETE,
            VerbeRequete.PRENDRE_REQUETE,
            VerbeRequete.RENDRE_REQUETE,
            VerbeRequete.COMPLETER_REQUETE,
            VerbeRequete.DOCUMENTER_REQUETE,
            VerbeRequete.FAIRE_REQUETE,
            VerbeRequete.REFUSER_REQUETE,
            VerbeRequete.CLORE_REQUETE,
        ),
        (AttenteRequete.REQUETE,),
    )
)
