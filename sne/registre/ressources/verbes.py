"""Monthly resources: asked of the source, read."""

from sne.journal.rules import Dit, Trait, Verbe


class VerbeRessources(Verbe):
    """Kinds of act."""

    DEMANDER_RESSOURCES = (
        "DEMANDER_RESSOURCES",
        "Ressources mensuelles demandées à la source",
        Dit(
            "{qui} a demandé à l’administration vos ressources des trois derniers mois.",
            variantes={
                (
                    "declenchement",
                    "MENSUEL",
                ): "Le service a demandé à l’administration vos ressources des trois "
                "derniers mois, comme chaque mois.",
                (
                    "declenchement",
                    "SUITE",
                ): "Le service a demandé à l’administration vos ressources des trois "
                "derniers mois, après un changement.",
            },
        ),
        Trait.LECTURE,
    )
    CONSULTER_RESSOURCES = (
        "CONSULTER_RESSOURCES",
        "Ressources mensuelles connues de l’administration lues",
        Dit(
            "{qui} a lu vos ressources connues de l’administration.",
            variantes={
                ("forme", "IMPRESSION"): "{qui} a imprimé vos ressources connues de l’administration.",
                (
                    "forme",
                    "FICHIER",
                ): "{qui} a enregistré vos ressources connues de l’administration dans un fichier.",
            },
        ),
        Trait.LECTURE,
    )
