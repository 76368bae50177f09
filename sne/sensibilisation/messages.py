"""Messages to counters about a campaign that they have to read and show."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


class MessageCampagne(GenreAgent):
    """Kinds of message."""

    CAMPAGNE_A_LIRE = (
        "CAMPAGNE_A_LIRE",
        Modele(
            libelle="Campagne à lire et à afficher",
            objet="Campagne à lire et à afficher",
            texte="notifications/agents/habilitations.txt",
            html="notifications/agents/habilitations.html",
            sms="",
            variables=frozenset({"territoire", "phrase", "lignes", "suite", "lien"}),
            canaux=PAR_COURRIEL,
        ),
    )
