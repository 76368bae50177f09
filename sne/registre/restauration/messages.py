"""Messages on a demande put back as it was."""

from sne.notifications.rules import Canal, Genre, Modele


class MessageRestauration(Genre):
    """Kinds of message."""

    DEMANDE_RETABLIE = (
        "DEMANDE_RETABLIE",
        Modele(
            libelle="Demande rétablie",
            objet="Votre demande de logement social {numero} est rétablie",
            texte="notifications/demande_retablie.txt",
            sms="",
            variables=frozenset({"numero", "depuis", "anciennete_rendue", "date_expiration", "territoire"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
        ),
    )
    DEMANDE_A_PART = (
        "DEMANDE_A_PART",
        Modele(
            libelle="Demande enregistrée sous un autre numéro",
            objet="Votre demande de logement social a son propre numéro, {numero}",
            texte="notifications/demande_a_part.txt",
            sms="",
            variables=frozenset({"numero", "depuis", "date_expiration", "territoire"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
        ),
    )
