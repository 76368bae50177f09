"""Watching counters and agents: figures, alerts, monthly sendings."""

from sne.journal.rules import Silence, Trait, Verbe


class VerbeSuivi(Verbe):
    """Kinds of act."""

    CALCULER_ACTIVITE = "CALCULER_ACTIVITE", "Activité des guichets calculée", Silence.SANS_DEMANDE
    EXPORTER_RECAPITULATIF = (
        "EXPORTER_RECAPITULATIF",
        "Récapitulatif des guichets exporté",
        Silence.SANS_DEMANDE,
        Trait.LECTURE,
    )
    CLASSER_SUIVI = "CLASSER_SUIVI", "Dossier ou guichet à regarder classé", Silence.SANS_DEMANDE
    CONSULTER_AGENT = "CONSULTER_AGENT", "Actes d’un agent consultés", Silence.SANS_DEMANDE, Trait.LECTURE
    EXPORTER_SUIVI = (
        "EXPORTER_SUIVI",
        "Suivi des changements d’identité exporté",
        Silence.SANS_DEMANDE,
        Trait.LECTURE,
    )
    PROGRAMMER_ENVOI = "PROGRAMMER_ENVOI", "Envoi mensuel du récapitulatif programmé", Silence.SANS_DEMANDE
    ARRETER_ENVOI = "ARRETER_ENVOI", "Envoi mensuel du récapitulatif arrêté", Silence.SANS_DEMANDE
    ENVOYER_RECAPITULATIF = "ENVOYER_RECAPITULATIF", "Récapitulatif du mois envoyé", Silence.SANS_DEMANDE
    OUVRIR_ALERTE = "OUVRIR_ALERTE", "Guichet alerté sur ses chiffres", Silence.SANS_DEMANDE
    DESIGNER_REPONDANT = (
        "DESIGNER_REPONDANT",
        "Agent désigné pour répondre à une alerte",
        Silence.SANS_DEMANDE,
    )
    REPONDRE_ALERTE = "REPONDRE_ALERTE", "Réponse du guichet à une alerte", Silence.SANS_DEMANDE
    RELANCER_ALERTE = "RELANCER_ALERTE", "Guichet relancé sur une alerte", Silence.SANS_DEMANDE
    CLORE_ALERTE = "CLORE_ALERTE", "Alerte à un guichet close", Silence.SANS_DEMANDE
