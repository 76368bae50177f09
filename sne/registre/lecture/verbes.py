"""Reading a file and its history."""

from sne.journal.rules import Dit, Trait, Verbe


class VerbeLecture(Verbe):
    """Kinds of act."""

    CONSULTER = (
        "CONSULTER",
        "Dossier consulté",
        Dit(
            "{qui} a ouvert votre dossier.",
            {
                ("pour", "ASSISTANCE"): "{qui} a ouvert votre dossier pour répondre à une demande d’aide.",
                ("pour", "APPEL"): "{qui} a ouvert votre dossier pour répondre à un appel.",
            },
        ),
        Trait.LECTURE,
    )
    CONSULTER_SANTE = (
        "CONSULTER_SANTE",
        "Données de santé consultées",
        Dit("{qui} a lu des informations de santé de votre dossier."),
        Trait.LECTURE | Trait.SANTE,
    )
    CONSULTER_HISTORIQUE = (
        "CONSULTER_HISTORIQUE",
        "Historique lu comme le demandeur le voit",
        Dit(
            "{qui} a regardé cette liste avec vous ou pour vous.",
            {("par", "SOI"): "{qui} a regardé cette liste."},
        ),
        Trait.LECTURE,
    )
    REMETTRE_HISTORIQUE = (
        "REMETTRE_HISTORIQUE",
        "Copie de l’historique remise au demandeur",
        Dit(
            "{qui} a donné une copie de cette liste.",
            {("par", "SOI"): "{qui} a enregistré une copie de cette liste."},
        ),
    )
