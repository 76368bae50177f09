"""Messages to who answers for a territory about a decision that is open to its vote."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


def _modele(libelle: str) -> Modele:
    return Modele(
        libelle=libelle,
        objet=libelle,
        texte="notifications/agents/habilitations.txt",
        html="notifications/agents/habilitations.html",
        sms="",
        variables=frozenset({"territoire", "phrase", "lignes", "suite", "lien"}),
        canaux=PAR_COURRIEL,
    )


class MessageProgramme(GenreAgent):
    """Kinds of message."""

    VOTE_OUVERT = "VOTE_OUVERT", _modele("Une décision attend votre territoire")
    VOTE_RAPPEL = "VOTE_RAPPEL", _modele("Rappel\u00a0: une décision attend votre territoire")
