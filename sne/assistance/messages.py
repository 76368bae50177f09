"""Messages on a ticket: that there is something to read, and where; never what."""

from sne.notifications.rules import PAR_COURRIEL, Genre, GenreAgent, Modele


class MessageAssistance(GenreAgent):
    """Kinds of message."""

    TICKET_NOUVELLE = (
        "TICKET_NOUVELLE",
        Modele(
            libelle="Nouvelle d’une demande d’assistance",
            objet="Demande d’assistance {numero}",
            texte="notifications/agents/assistance.txt",
            html="notifications/agents/assistance.html",
            sms="",
            variables=frozenset({"numero", "phrase", "lien", "repondre_a", "fil"}),
            canaux=PAR_COURRIEL,
        ),
    )


class MessageAuMenage(Genre):
    """Kinds of message to a household."""

    ASSISTANCE_NOUVELLE = (
        "ASSISTANCE_NOUVELLE",
        Modele(
            libelle="Nouvelle d’une question à l’assistance",
            objet="Votre question à l’assistance {question}",
            texte="notifications/assistance_nouvelle.txt",
            sms="",
            variables=frozenset({"numero", "question"}),
            canaux=PAR_COURRIEL,
        ),
    )
