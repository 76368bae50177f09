"""Messages on accounts that open, ways in given back, rights that end and are reviewed."""

from sne.notifications.rules import PAR_COURRIEL, GenreAgent, Modele


def _habilitations(libelle: str, *, objet: str = "") -> Modele:
    """What one is told of rights: a sentence, places or persons line by line, what to do about it and where."""
    return Modele(
        libelle=libelle,
        objet=objet or libelle,
        texte="notifications/agents/habilitations.txt",
        html="notifications/agents/habilitations.html",
        sms="",
        variables=frozenset({"territoire", "phrase", "lignes", "suite", "lien"}),
        canaux=PAR_COURRIEL,
    )


class MessageHabilitation(GenreAgent):
    """Kinds of message."""

    COMPTE_OUVERT = "COMPTE_OUVERT", _habilitations("Votre compte est ouvert")
    ACCES_REDONNE = "ACCES_REDONNE", _habilitations("Votre accès est redonné")
    HABILITATIONS_A_ECHOIR = "HABILITATIONS_A_ECHOIR", _habilitations("Fin prochaine de vos habilitations")
    HABILITATIONS_TERMINEES = "HABILITATIONS_TERMINEES", _habilitations("Fin de vos habilitations")
    HABILITATIONS_INACTIVES = (
        "HABILITATIONS_INACTIVES",
        _habilitations(
            "Habilitations sans connexion",
            objet="Habilitations sans connexion, {territoire}",
        ),
    )
    LIEUX_SANS_RESPONSABLE = (
        "LIEUX_SANS_RESPONSABLE",
        _habilitations(
            "Lieux sans responsable",
            objet="Lieux sans responsable, {territoire}",
        ),
    )
    REVUE_A_FAIRE = (
        "REVUE_A_FAIRE",
        _habilitations("Habilitations à revoir", objet="Habilitations à revoir, {territoire}"),
    )
    REVUE_CLOSE = (
        "REVUE_CLOSE",
        _habilitations(
            "Revue des habilitations terminée",
            objet="Revue des habilitations terminée, {territoire}",
        ),
    )
    REVUE_NON_OUVERTE = (
        "REVUE_NON_OUVERTE",
        _habilitations(
            "Revue des habilitations non ouverte", objet="Revue des habilitations non ouverte, {territoire}"
        ),
    )
