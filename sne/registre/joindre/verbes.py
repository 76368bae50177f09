"""Addresses: verified, refusing messages; a household written to by its counter."""

from sne.journal.rules import Dit, Verbe


class VerbeJoindre(Verbe):
    """Kinds of act."""

    INVALIDER_COURRIEL = (
        "INVALIDER_COURRIEL",
        "Adresse électronique marquée comme refusant les messages",
        Dit("Une adresse électronique de la demande ne reçoit plus nos messages."),
    )
    DEMANDER_VERIFICATION = (
        "DEMANDER_VERIFICATION",
        "Lien de vérification de l’adresse électronique demandé",
        Dit("{qui} a demandé de vérifier une adresse électronique."),
    )
    VERIFIER_COURRIEL = (
        "VERIFIER_COURRIEL",
        "Adresse électronique vérifiée par la personne qui la lit",
        Dit("Une personne a confirmé qu’elle lit une adresse électronique de la demande.", contestable=True),
    )
    ECRIRE_AU_MENAGE = (
        "ECRIRE_AU_MENAGE",
        "Message écrit au ménage par un guichet",
        Dit("{qui} vous a écrit."),
    )
