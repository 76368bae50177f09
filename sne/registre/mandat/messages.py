"""What becomes of an authorisation that a person gave a helper."""

from sne.notifications.rules import Canal, Genre, Modele


class MessageMandat(Genre):
    """Kinds of message."""

    MANDAT_SUIVI = (
        "MANDAT_SUIVI",
        Modele(
            libelle="Suite d’une aide autorisée",
            objet="Aide pour votre demande de logement social {numero}",
            texte="notifications/mandat_suivi.txt",
            sms="",
            variables=frozenset({"numero", "dit", "suite"}),
            canaux=frozenset({Canal.COURRIEL, Canal.LETTRE}),
        ),
    )
    MANDAT_INVITATION = (
        "MANDAT_INVITATION",
        Modele(
            libelle="Invitation d’un proche à aider",
            objet="Une personne vous demande de l’aider pour sa demande de logement social",
            texte="notifications/mandat_invitation.txt",
            sms="",
            variables=frozenset({"personne", "peut", "code", "site", "avant"}),
            canaux=frozenset({Canal.COURRIEL}),
        ),
    )
