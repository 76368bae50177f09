"""Messages to the vendor of a software, about what calls it."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


class MessageFlux(GenreAgent):
    """Kinds of message."""

    ABONNEMENT_SUSPENDU = (
        "ABONNEMENT_SUSPENDU",
        Modele(
            libelle="Abonnement au flux suspendu",
            objet="Abonnement de votre logiciel suspendu",
            texte="notifications/agents/abonnement_suspendu.txt",
            html="notifications/agents/abonnement_suspendu.html",
            sms="",
            variables=frozenset({"editeur", "territoire", "hote", "motif"}),
            canaux=PAR_COURRIEL,
        ),
    )
