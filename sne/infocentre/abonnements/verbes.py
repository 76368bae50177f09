"""Acts on what leaves by itself: subscriptions decided, due, sent, moved to another version."""

from sne.journal.rules import Silence, Verbe


class VerbeAbonnement(Verbe):
    """Kinds of act."""

    DECIDER_ABONNEMENT = "DECIDER_ABONNEMENT", "Abonnement à un rapport décidé", Silence.SANS_DEMANDE
    CONSTATER_ENVOIS_DUS = (
        "CONSTATER_ENVOIS_DUS",
        "Envois d’un abonnement constatés dus",
        Silence.SANS_DEMANDE,
    )
    ENVOYER_EDITION = "ENVOYER_EDITION", "Suite donnée à l’envoi d’un abonnement", Silence.SANS_DEMANDE
    MIGRER_ABONNEMENT = (
        "MIGRER_ABONNEMENT",
        "Abonnement porté sur une autre version d’un rapport",
        Silence.SANS_DEMANDE,
    )
