"""Messages to the vendor of a software, about what lets it in."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


class MessageConvention(GenreAgent):
    """Kinds of message."""

    CLE_A_ECHOIR = (
        "CLE_A_ECHOIR",
        Modele(
            libelle="Fin prochaine d’une clé",
            objet="Votre clé {prefixe} prend fin dans {jours} jours",
            texte="notifications/agents/cle_a_echoir.txt",
            html="notifications/agents/cle_a_echoir.html",
            sms="",
            variables=frozenset({"editeur", "organisme", "prefixe", "jours", "fin"}),
            canaux=PAR_COURRIEL,
        ),
    )
