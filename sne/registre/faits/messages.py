"""Messages that ask for documents."""

from sne.notifications.rules import Canal, Famille, Genre, Modele


class MessageFait(Genre):
    """Kinds of message."""

    DEMANDE_PIECES = (
        "DEMANDE_PIECES",
        Modele(
            libelle="Demande de pièces",
            objet="Des pièces sont à remettre pour votre demande de logement social {numero}",
            texte="notifications/demande_pieces.txt",
            sms="",
            variables=frozenset({"numero", "pieces", "quand", "territoire"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
            famille=Famille.DOCUMENTS,
        ),
    )
