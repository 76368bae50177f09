"""Messages that tell a change to the addresses of before, and answer an objection."""

from sne.notifications.rules import Canal, Genre, Modele


class MessageAvis(Genre):
    """Kinds of message."""

    AVIS_CHANGEMENT = (
        "AVIS_CHANGEMENT",
        Modele(
            libelle="Avis de changement, avec un lien pour bloquer le dossier",
            objet="Un changement sur votre demande de logement social {numero}",
            texte="notifications/avis_changement.txt",
            sms="Demande {numero}\u00a0: changement le {le}. Ce n’est pas vous\u00a0? {lien}",
            variables=frozenset({"numero", "le", "par", "changements", "lien", "duree"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
            tu=True,
        ),
    )
    CHANGEMENT_ENREGISTRE = (
        "CHANGEMENT_ENREGISTRE",
        Modele(
            libelle="Avis de changement, sans lien",
            objet="Un changement de la demande de logement social {numero}",
            texte="notifications/changement_enregistre.txt",
            sms="Demande de logement {numero}\u00a0: changement saisi le {le}. "
            "Ce n’est pas vous\u00a0? Dites-le dans un guichet.",
            variables=frozenset({"numero", "le", "par", "changements"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS, Canal.LETTRE}),
            tu=True,
        ),
    )
    OPPOSITION_RECUE = (
        "OPPOSITION_RECUE",
        Modele(
            libelle="Signalement « Ce n’est pas moi » reçu",
            objet="Votre signalement {reference}",
            texte="notifications/opposition_recue.txt",
            sms="Signalé, {reference}. Nous vous appelons avant le {rappel}. Erreur\u00a0? {lien}",
            variables=frozenset({"reference", "rappel", "lien", "duree"}),
            canaux=frozenset({Canal.COURRIEL, Canal.SMS}),
            tu=True,
        ),
    )
