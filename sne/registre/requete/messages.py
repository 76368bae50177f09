"""What becomes of a change that a household asked of a counter."""

from sne.notifications.rules import Canal, Famille, Genre, Modele


class MessageRequete(Genre):
    """Kinds of message."""

    REQUETE_SUIVI = (
        "REQUETE_SUIVI",
        Modele(
            libelle="Suite d’un changement demandé en ligne",
            objet="Votre demande de changement {reference}",
            texte="notifications/requete_suivi.txt",
            sms="",
            variables=frozenset({"numero", "reference", "etat", "suite"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
            famille=Famille.REQUETES,
        ),
    )
