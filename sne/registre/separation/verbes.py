"""An adult leaves a household."""

from sne.journal.rules import Dit, Silence, Trait, Verbe


class VerbeSeparation(Verbe):
    """Kinds of act."""

    SEPARER = "SEPARER", "Départ d’un adulte du foyer", Dit("Un adulte ne fait plus partie de votre demande.")
    CONSULTER_SEPARATION = (
        "CONSULTER_SEPARATION",
        "Séparation d’un couple consultée",
        Silence.AUTRE_FOYER,
        Trait.LECTURE,
    )
    DECIDER_SEPARATION = (
        "DECIDER_SEPARATION",
        "Séparation du couple examinée par le gestionnaire territorial",
        Dit("{qui} a répondu sur votre date de demande, après une séparation."),
    )
    LEVER_PROTECTION = (
        "LEVER_PROTECTION",
        "Demande qui n’est plus à tenir secrète",
        Dit("{qui} a noté que votre demande n’est plus à tenir secrète.", contestable=True),
        Trait.TRES_PERSONNEL,
    )
