"""Taking over from a former system, an earlier date, what was explained on the day."""

from sne.journal.rules import Dit, Verbe


class VerbeDepot(Verbe):
    """Kinds of act."""

    REPRENDRE = (
        "REPRENDRE",
        "Demande reprise d’un ancien système",
        Dit(
            "Votre demande vient d’un ancien fichier. Elle a été reprise ici.",
            {
                ("acte", "RENOUVELER"): "Votre demande a été renouvelée, d’après l’ancien fichier.",
                ("acte", "EXPIREE"): "Votre demande n’était plus valable, d’après l’ancien fichier.",
                ("acte", "RADIEE"): "Votre demande a pris fin, d’après l’ancien fichier.",
            },
        ),
    )
    CONSIGNER_EGALITE = (
        "CONSIGNER_EGALITE",
        "Explications et remises consignées",
        Dit("{qui} a noté ce qui vous a été expliqué ou remis."),
    )
    DECIDER_ANTERIORITE = (
        "DECIDER_ANTERIORITE",
        "Date de dépôt antérieure accordée",
        Dit(
            "{qui} a accepté une date de demande plus ancienne.",
            {("issue", "REFUSEE"): "{qui} a refusé une date de demande plus ancienne."},
        ),
    )
