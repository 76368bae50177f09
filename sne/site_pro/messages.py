"""Messages to who answers for pages of the site."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


class MessageSite(GenreAgent):
    """Kinds of message."""

    PAGES_A_RELIRE = (
        "PAGES_A_RELIRE",
        Modele(
            libelle="Pages du site à relire",
            objet="Pages du site à relire",
            texte="notifications/agents/habilitations.txt",
            html="notifications/agents/habilitations.html",
            sms="",
            variables=frozenset({"territoire", "phrase", "lignes", "suite", "lien"}),
            canaux=PAR_COURRIEL,
        ),
    )
