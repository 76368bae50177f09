"""The signed checkpoint of the journal, sent to who keeps it."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


class MessagePreuve(GenreAgent):
    """Kinds of message."""

    JALON_DU_JOURNAL = (
        "JALON_DU_JOURNAL",
        Modele(
            libelle="Jalon signé du journal",
            objet="Jalon du journal du registre",
            texte="notifications/agents/jalon_du_journal.txt",
            html="notifications/agents/jalon_du_journal.html",
            sms="",
            variables=frozenset({"jalon", "entrees", "note", "cle", "lien"}),
            canaux=PAR_COURRIEL,
        ),
    )
