"""Documents of a file."""

from sne.journal.rules import Dit, Trait, Verbe


class VerbePiece(Verbe):
    """Kinds of act."""

    JOINDRE_PIECE = (
        "JOINDRE_PIECE",
        "Pièce ajoutée au dossier",
        Dit("{qui} a ajouté un document à votre dossier.", contestable=True),
    )
    REMPLACER_PIECE = (
        "REMPLACER_PIECE",
        "Pièce remplacée, la précédente est gardée",
        Dit("{qui} a remplacé un document de votre dossier. L’ancien est gardé.", contestable=True),
    )
    NOTER_PIECE_VUE = (
        "NOTER_PIECE_VUE",
        "Pièce vue au guichet, sans copie",
        Dit("{qui} a vu un de vos documents, sans en garder de copie."),
    )
    QUALIFIER_PIECE = (
        "QUALIFIER_PIECE",
        "Pièce qualifiée",
        Dit("{qui} a vérifié un document de votre dossier."),
    )
    EXPLIQUER_PIECE = (
        "EXPLIQUER_PIECE",
        "Explication du ménage notée à côté d’une pièce",
        Dit("{qui} a noté votre explication à côté d’un document."),
    )
    DETRUIRE_PIECE = (
        "DETRUIRE_PIECE",
        "Pièce infectée, détruite par l’antivirus",
        Dit("Un document contenait un virus. Il a été détruit."),
    )
    CONSULTER_PIECE = (
        "CONSULTER_PIECE",
        "Pièce ouverte",
        Dit("{qui} a ouvert un document de votre dossier."),
        Trait.LECTURE,
    )
