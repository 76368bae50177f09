"""What a body notes on a demande: events, decisions, attributions, DALO."""

from sne.journal.rules import Dit, Trait, Verbe


class VerbeFait(Verbe):
    """Kinds of act."""

    CONSIGNER_EVENEMENT = (
        "CONSIGNER_EVENEMENT",
        "Événement consigné",
        Dit("{qui} a noté un événement sur votre demande."),
        Trait.SERT,
    )
    DEMANDER_PIECES = (
        "DEMANDER_PIECES",
        "Pièces demandées au ménage",
        Dit("{qui} vous a demandé des documents."),
        Trait.SERT,
    )
    CONSIGNER_DECISION = (
        "CONSIGNER_DECISION",
        "Décision de la commission consignée",
        Dit("{qui} a noté ce qu’une commission a décidé pour votre demande."),
        Trait.SERT,
    )
    CONSIGNER_ATTRIBUTION = (
        "CONSIGNER_ATTRIBUTION",
        "Attribution consignée",
        Dit("{qui} a noté qu’un logement vous a été attribué."),
        Trait.SERT,
    )
    CONSIGNER_DALO = (
        "CONSIGNER_DALO",
        "Fait DALO consigné",
        Dit("{qui} a noté une information sur votre droit au logement (DALO)."),
        Trait.TRES_PERSONNEL | Trait.SERT,
    )
