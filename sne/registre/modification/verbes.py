"""A change of identity asked for beside what changes at once; a remark of the controls answered."""

from sne.journal.rules import Dit, Verbe


class VerbeModification(Verbe):
    """Kinds of act."""

    PROPOSER_IDENTITE = (
        "PROPOSER_IDENTITE",
        "Changement d’identité demandé",
        Dit(
            "{qui} a demandé de changer une identité. Rien n’est changé pour l’instant.",
            {("retrait", True): "{qui} a demandé le départ d’un adulte. Rien n’est changé pour l’instant."},
            contestable=True,
            attente=True,
        ),
    )
    EXPLIQUER_REMARQUE = (
        "EXPLIQUER_REMARQUE",
        "Information vérifiée, déclarée exacte",
        Dit("{qui} a vérifié une information de votre demande. Rien n’a changé."),
    )
