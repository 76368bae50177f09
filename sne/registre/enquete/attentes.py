"""What an enquiry waits for: somebody to look at it, and a second person to end a freeze."""

from sne.habilitations.rules import Permission
from sne.registre.attente.rules import Attendu, NatureAttente, du_gestionnaire, suivre
from sne.registre.enquete.verbes import VerbeEnquete


class AttenteEnquete(NatureAttente):
    """Natures of what is awaited."""

    ANCIENNE_IDENTITE = (
        "ANCIENNE_IDENTITE",
        "Ancienne identité reconnue",
        du_gestionnaire(Permission.ENQUETE_OUVRIR, reservee=True),
    )
    LEVEE_GEL = (
        "LEVEE_GEL",
        "Fin d’un dossier figé à décider",
        Attendu("Une autre personne", Permission.GEL_LEVER, reservee=True),
    )


suivre(
    {
        VerbeEnquete.OUVRIR_ENQUETE: (AttenteEnquete.ANCIENNE_IDENTITE,),
        VerbeEnquete.CLORE_ENQUETE: (AttenteEnquete.ANCIENNE_IDENTITE,),
        VerbeEnquete.DEMANDER_LEVEE: (AttenteEnquete.LEVEE_GEL,),
        VerbeEnquete.REFUSER_LEVEE: (AttenteEnquete.LEVEE_GEL,),
        VerbeEnquete.LEVER_GEL: (AttenteEnquete.LEVEE_GEL,),
    }
)
