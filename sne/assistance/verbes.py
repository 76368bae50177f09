"""What is done of tickets."""

from sne.journal.rules import Silence, Trait, Verbe


class VerbeAssistance(Verbe):
    """Kinds of act. None of them is about what a demande says."""

    OUVRIR_TICKET = "OUVRIR_TICKET", "Demande d’assistance ouverte", Silence.SANS_DEMANDE
    ECRIRE_TICKET = "ECRIRE_TICKET", "Message ajouté à une demande d’assistance", Silence.SANS_DEMANDE
    PASSER_TICKET = "PASSER_TICKET", "Demande d’assistance passée à un autre niveau", Silence.SANS_DEMANDE
    PARTAGER_TICKET = "PARTAGER_TICKET", "Partage d’une demande d’assistance changé", Silence.SANS_DEMANDE
    CHANGER_TICKET = (
        "CHANGER_TICKET",
        "Demande d’assistance prise, confiée, résolue ou rouverte",
        Silence.SANS_DEMANDE,
    )
    LIRE_TICKET_DPO = (
        "LIRE_TICKET_DPO",
        "Demande d’assistance confidentielle lue",
        Silence.SANS_DEMANDE,
        Trait.LECTURE,
    )
    ECRIRE_EN_MENAGE = "ECRIRE_EN_MENAGE", "Mot d’un demandeur à l’assistance", Silence.SANS_DEMANDE
    OUVRIR_INCIDENT = "OUVRIR_INCIDENT", "Incident annoncé", Silence.SANS_DEMANDE
    CLORE_INCIDENT = "CLORE_INCIDENT", "Incident terminé", Silence.SANS_DEMANDE
