"""Open data: what is journalled of an edition, from its preparation to its publication."""

from sne.journal.rules import Silence, Verbe


class VerbeOuvert(Verbe):
    """Kinds of act."""

    PREPARER_DONNEES_OUVERTES = (
        "PREPARER_DONNEES_OUVERTES",
        "Édition de données ouvertes demandée",
        Silence.SANS_DEMANDE,
    )
    CALCULER_DONNEES_OUVERTES = (
        "CALCULER_DONNEES_OUVERTES",
        "Édition de données ouvertes calculée et auditée",
        Silence.SANS_DEMANDE,
    )
    PUBLIER_DONNEES_OUVERTES = (
        "PUBLIER_DONNEES_OUVERTES",
        "Édition de données ouvertes publiée",
        Silence.SANS_DEMANDE,
    )
    REFUSER_DONNEES_OUVERTES = (
        "REFUSER_DONNEES_OUVERTES",
        "Édition de données ouvertes refusée",
        Silence.SANS_DEMANDE,
    )
