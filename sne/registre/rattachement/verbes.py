"""An account linked to a demande, and no longer."""

from sne.journal.rules import Dit, Verbe


class VerbeRattachement(Verbe):
    """Kinds of act."""

    RATTACHER = (
        "RATTACHER",
        "Demande ouverte à la personne sur le site public",
        Dit(
            "Une personne du foyer a ouvert la demande en ligne, en prouvant son identité.",
            contestable=True,
        ),
    )
    DETACHER = (
        "DETACHER",
        "Demande fermée à la personne sur le site public",
        Dit("L’accès en ligne d’une personne du foyer a pris fin."),
    )
