"""Messages on the addresses of a household."""

from sne.notifications.rules import Canal, Genre, Modele


class MessageJoindre(Genre):
    """Kinds of message."""

    VERIFICATION_COURRIEL = (
        "VERIFICATION_COURRIEL",
        Modele(
            libelle="Vérification de l’adresse électronique",
            objet="Confirmez votre adresse électronique",
            texte="notifications/verification_courriel.txt",
            sms="",
            variables=frozenset({"lien", "duree"}),
            canaux=frozenset({Canal.COURRIEL}),
        ),
    )
