"""Messages about the shared spaces: that something is new, never what it is."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


def _modele(libelle: str) -> Modele:
    return Modele(
        libelle=libelle,
        objet=libelle,
        texte="notifications/agents/espaces.txt",
        html="notifications/agents/espaces.html",
        sms="",
        variables=frozenset({"phrase", "lignes", "lien", "arreter"}),
        canaux=PAR_COURRIEL,
    )


class MessageCollaboratif(GenreAgent):
    """Kinds of message."""

    RESUME_ESPACES = "RESUME_ESPACES", _modele("Nouveau dans vos espaces")
    ANNONCE_A_LIRE = "ANNONCE_A_LIRE", _modele("Une annonce à lire")
    ANNONCE_RAPPEL = "ANNONCE_RAPPEL", _modele("Rappel : une annonce à lire".replace(" :", "\u00a0:"))
