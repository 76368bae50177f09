"""The message that tells every address on file that the demande can be followed online."""

from sne.notifications.rules import Canal, Genre, Modele


class MessageRattachement(Genre):
    """Kinds of message."""

    RATTACHEMENT = (
        "RATTACHEMENT",
        Modele(
            libelle="Accès en ligne ouvert",
            objet="Votre demande de logement social {numero} peut être suivie en ligne",
            texte="notifications/rattachement.txt",
            html="notifications/rattachement.html",
            sms="",
            variables=frozenset({"numero", "le", "prenom"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
            tu=True,
        ),
    )
