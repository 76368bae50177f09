"""Changes of identity: decided, discussed, looked at again."""

from sne.journal.rules import Dit, Silence, Trait, Verbe


class VerbeIdentite(Verbe):
    """Kinds of act."""

    VALIDER_IDENTITE = (
        "VALIDER_IDENTITE",
        "Changement d’identité validé",
        Dit(
            "{qui} a accepté de changer une identité.",
            {("retrait", True): "{qui} a accepté le départ d’un adulte de la demande."},
            contestable=True,
        ),
    )
    REFUSER_IDENTITE = (
        "REFUSER_IDENTITE",
        "Changement d’identité refusé",
        Dit(
            "{qui} a refusé de changer une identité. L’ancienne reste valable.",
            {("retrait", True): "{qui} a refusé le départ d’un adulte. Il reste sur la demande."},
        ),
    )
    ANNULER_IDENTITE = (
        "ANNULER_IDENTITE",
        "Changement d’identité retiré par qui l’a demandé",
        Dit(
            "{qui} ne demande plus de changer une identité. L’ancienne reste valable.",
            {("retrait", True): "{qui} ne demande plus le départ d’un adulte. Il reste sur la demande."},
        ),
    )
    EXPIRER_IDENTITE = (
        "EXPIRER_IDENTITE",
        "Changement d’identité arrêté, sans décision",
        Dit(
            "Personne n’a répondu à temps pour changer une identité. L’ancienne reste valable.",
            {("retrait", True): "Personne n’a répondu à temps pour le départ d’un adulte. Rien n’a changé."},
        ),
    )
    QUESTIONNER_IDENTITE = (
        "QUESTIONNER_IDENTITE",
        "Précision demandée au guichet sur un changement d’identité",
        Silence.ENTRE_PROFESSIONNELS,
    )
    VOIR_CHANGEMENTS_REGARDES = (
        "VOIR_CHANGEMENTS_REGARDES",
        "Changements regardés vus par l’agent qui les a faits",
        Silence.ENTRE_PROFESSIONNELS,
        Trait.LECTURE,
    )
    OBSERVER_IDENTITE = (
        "OBSERVER_IDENTITE",
        "Explication donnée par l’agent sur un changement regardé",
        Silence.ENTRE_PROFESSIONNELS,
    )
    REPONDRE_IDENTITE = (
        "REPONDRE_IDENTITE",
        "Précision donnée par le guichet sur un changement d’identité",
        Silence.ENTRE_PROFESSIONNELS,
    )
    SIGNALER_IDENTITE = (
        "SIGNALER_IDENTITE",
        "Changement d’identité transmis au délégué à la protection des données",
        Silence.ENQUETE,
    )
    RELIRE_IDENTITE = (
        "RELIRE_IDENTITE",
        "Changement d’identité relu par sondage",
        Silence.ENTRE_PROFESSIONNELS,
    )
    PERMETTRE_CONTACT = (
        "PERMETTRE_CONTACT",
        "Changement de contact permis par le gestionnaire territorial",
        Dit(
            "{qui} a permis de changer une adresse électronique ou un téléphone. Rien n’est changé pour l’instant.",
            contestable=True,
            attente=True,
        ),
    )
    RAPPELER_IDENTITE = (
        "RAPPELER_IDENTITE",
        "Changement d’identité sans décision, rappelé",
        Silence.ENTRE_PROFESSIONNELS,
    )
