"""Messages on documents that cannot be used."""

from sne.notifications.rules import Canal, Famille, Genre, Modele


class MessagePiece(Genre):
    """Kinds of message."""

    PIECE_INEXPLOITABLE = (
        "PIECE_INEXPLOITABLE",
        Modele(
            libelle="Pièce à remettre de nouveau",
            objet="Une pièce est à remettre pour votre demande de logement social {numero}",
            texte="notifications/piece_inexploitable.txt",
            sms="",
            variables=frozenset({"numero", "piece", "recue_le", "raison", "territoire"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
            famille=Famille.DOCUMENTS,
        ),
    )
