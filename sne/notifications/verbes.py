"""Messages: prepared, sent, arrived, refused."""

from sne.journal.rules import Dit, Silence, Verbe


class VerbeMessage(Verbe):
    """Kinds of act."""

    PREPARER_MESSAGE = "PREPARER_MESSAGE", "Message préparé pour le ménage", Silence.TECHNIQUE
    ECRIRE_A_UN_AGENT = "ECRIRE_A_UN_AGENT", "Message préparé pour un professionnel", Silence.SANS_DEMANDE
    ENVOYER_MESSAGE = "ENVOYER_MESSAGE", "Message envoyé", Dit("Un message sur votre demande est parti.")
    DIFFERER_MESSAGE = "DIFFERER_MESSAGE", "Envoi d’un message retardé", Silence.TECHNIQUE
    DELIVRER_MESSAGE = "DELIVRER_MESSAGE", "Message arrivé à sa destination", Silence.TECHNIQUE
    REJETER_MESSAGE = (
        "REJETER_MESSAGE",
        "Message refusé par sa destination",
        Dit("Un message sur votre demande n’est pas arrivé."),
    )
