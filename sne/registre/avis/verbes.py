"""Changes told to the household, and what it answers."""

from sne.journal.rules import Dit, Silence, Verbe


class VerbeAvis(Verbe):
    """Kinds of act."""

    AVERTIR = (
        "AVERTIR",
        "Changement annoncé aux adresses du ménage",
        Dit("Un changement a été annoncé aux adresses de la demande."),
    )
    CONFIER_AVIS = (
        "CONFIER_AVIS",
        "Changement à annoncer, confié au gestionnaire territorial",
        Silence.ENQUETE,
    )
    PORTER_AVIS = "PORTER_AVIS", "Changement annoncé par le gestionnaire territorial", Silence.ENQUETE
    S_OPPOSER = "S_OPPOSER", "Changement contesté depuis une adresse d’avant", Silence.ENQUETE
    RETIRER_OPPOSITION = (
        "RETIRER_OPPOSITION",
        "Contestation d’un changement retirée, depuis la même adresse",
        Silence.ENQUETE,
    )
