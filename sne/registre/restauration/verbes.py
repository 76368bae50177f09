"""A demande put back as it was."""

from sne.journal.rules import Dit, Silence, Verbe


class VerbeRestauration(Verbe):
    """Kinds of act."""

    DEMANDER_RESTAURATION = (
        "DEMANDER_RESTAURATION",
        "Retour d’une demande à un état antérieur demandé",
        Silence.ENQUETE,
    )
    REFUSER_RESTAURATION = (
        "REFUSER_RESTAURATION",
        "Retour d’une demande à un état antérieur refusé",
        Silence.ENQUETE,
    )
    RETIRER_RESTAURATION = (
        "RETIRER_RESTAURATION",
        "Retour d’une demande à un état antérieur, demande retirée",
        Silence.ENQUETE,
    )
    RESTAURER = (
        "RESTAURER",
        "Demande rétablie comme elle était",
        Dit(
            "Votre demande est redevenue comme avant. Deux personnes l’ont décidé.",
            {
                (
                    "anciennete",
                    True,
                ): "Votre demande est redevenue comme avant, avec sa date de demande d’alors. "
                "Deux personnes l’ont décidé."
            },
        ),
    )
