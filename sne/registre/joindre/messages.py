"""Messages on the addresses of a household, and what a counter writes to it."""

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
    MOT_DU_GUICHET = (
        "MOT_DU_GUICHET",
        Modele(
            libelle="Message de votre guichet",
            objet="Votre guichet vous écrit, demande de logement social {numero}",
            texte="notifications/mot_du_guichet.txt",
            sms="",
            variables=frozenset({"guichet", "numero", "mot", "libre"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
        ),
    )
