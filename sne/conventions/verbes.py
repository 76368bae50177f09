"""Agreements with vendors: opened, set, stopped; their keys, certificates and scopes."""

from sne.journal.rules import Silence, Verbe


class VerbeConvention(Verbe):
    """Kinds of act."""

    OUVRIR_CONVENTION = "OUVRIR_CONVENTION", "Convention d’un éditeur ouverte", Silence.SANS_DEMANDE
    REGLER_CONVENTION = "REGLER_CONVENTION", "Convention d’un éditeur réglée", Silence.SANS_DEMANDE
    SUSPENDRE_CONVENTION = "SUSPENDRE_CONVENTION", "Convention d’un éditeur suspendue", Silence.SANS_DEMANDE
    RETABLIR_CONVENTION = "RETABLIR_CONVENTION", "Convention d’un éditeur rétablie", Silence.SANS_DEMANDE
    OUVRIR_PORTEE = "OUVRIR_PORTEE", "Portée ouverte au logiciel d’un éditeur", Silence.SANS_DEMANDE
    FERMER_PORTEE = "FERMER_PORTEE", "Portée fermée au logiciel d’un éditeur", Silence.SANS_DEMANDE
    CREER_CLE = "CREER_CLE", "Clé créée pour le logiciel d’un éditeur", Silence.SANS_DEMANDE
    REVOQUER_CLE = "REVOQUER_CLE", "Clé du logiciel d’un éditeur révoquée", Silence.SANS_DEMANDE
    PREVENIR_FIN_DE_CLE = (
        "PREVENIR_FIN_DE_CLE",
        "Fin d’une clé annoncée à l’éditeur du logiciel",
        Silence.SANS_DEMANDE,
    )
    PROPOSER_CERTIFICAT = (
        "PROPOSER_CERTIFICAT",
        "Certificat proposé pour le logiciel d’un éditeur",
        Silence.SANS_DEMANDE,
    )
    DECIDER_CERTIFICAT = (
        "DECIDER_CERTIFICAT",
        "Certificat du logiciel d’un éditeur confirmé ou refusé",
        Silence.SANS_DEMANDE,
    )
    REVOQUER_CERTIFICAT = (
        "REVOQUER_CERTIFICAT",
        "Certificat du logiciel d’un éditeur révoqué",
        Silence.SANS_DEMANDE,
    )
    ALERTER_USAGE = (
        "ALERTER_USAGE",
        "Usage inhabituel du logiciel d’un éditeur signalé",
        Silence.SANS_DEMANDE,
    )
