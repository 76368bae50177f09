"""Subscriptions of vendors' software to the feed: asked, confirmed, suspended, closed; their secrets."""

from sne.journal.rules import Silence, Verbe


class VerbeFlux(Verbe):
    """Kinds of act."""

    ABONNER_AU_FLUX = "ABONNER_AU_FLUX", "Abonnement d’un logiciel au flux demandé", Silence.SANS_DEMANDE
    CONFIRMER_ABONNEMENT_FLUX = (
        "CONFIRMER_ABONNEMENT_FLUX",
        "Abonnement d’un logiciel au flux confirmé",
        Silence.SANS_DEMANDE,
    )
    TOURNER_SECRET_FLUX = (
        "TOURNER_SECRET_FLUX",
        "Secret d’un abonnement au flux remplacé",
        Silence.SANS_DEMANDE,
    )
    SUSPENDRE_ABONNEMENT_FLUX = (
        "SUSPENDRE_ABONNEMENT_FLUX",
        "Abonnement d’un logiciel au flux suspendu",
        Silence.SANS_DEMANDE,
    )
    FERMER_ABONNEMENT_FLUX = (
        "FERMER_ABONNEMENT_FLUX",
        "Abonnement d’un logiciel au flux fermé",
        Silence.SANS_DEMANDE,
    )
