"""What is decided in the shared spaces."""

from sne.journal.rules import Silence, Verbe


class VerbeCollaboratif(Verbe):
    """Kinds of act."""

    OUVRIR_ESPACE = "OUVRIR_ESPACE", "Espace partagé ouvert", Silence.SANS_DEMANDE
    CHANGER_ACCES_ESPACE = (
        "CHANGER_ACCES_ESPACE",
        "Droits d’une équipe sur un espace changés",
        Silence.SANS_DEMANDE,
    )
    FERMER_ESPACE = "FERMER_ESPACE", "Espace partagé fermé", Silence.SANS_DEMANDE
    EFFACER_ESPACE = "EFFACER_ESPACE", "Textes d’un espace fermé effacés", Silence.SANS_DEMANDE
    CHANGER_LISTE = "CHANGER_LISTE", "Personne inscrite dans une liste, ou sortie", Silence.SANS_DEMANDE
    OUVRIR_SUJET = "OUVRIR_SUJET", "Question ou discussion ouverte dans un espace", Silence.SANS_DEMANDE
    DEPLACER_SUJET = "DEPLACER_SUJET", "Sujet déplacé dans un autre espace", Silence.SANS_DEMANDE
    RETIRER_CONTRIBUTION = "RETIRER_CONTRIBUTION", "Contribution retirée d’un espace", Silence.SANS_DEMANDE
    PUBLIER_ANNONCE = "PUBLIER_ANNONCE", "Annonce publiée", Silence.SANS_DEMANDE
    RELAYER_ANNONCE = "RELAYER_ANNONCE", "Annonce relayée à des guichets", Silence.SANS_DEMANDE
    DEPOSER_FICHIER = "DEPOSER_FICHIER", "Version d’un fichier déposée dans un espace", Silence.SANS_DEMANDE
    TENIR_RENCONTRE = "TENIR_RENCONTRE", "Rencontre convoquée, changée ou annulée", Silence.SANS_DEMANDE
    CREER_FLUX_CALENDRIER = "CREER_FLUX_CALENDRIER", "Adresse de calendrier créée", Silence.SANS_DEMANDE
    REVOQUER_FLUX_CALENDRIER = (
        "REVOQUER_FLUX_CALENDRIER",
        "Adresse de calendrier révoquée",
        Silence.SANS_DEMANDE,
    )
    OUVRIR_QUESTIONNAIRE = "OUVRIR_QUESTIONNAIRE", "Questionnaire ouvert", Silence.SANS_DEMANDE
    RELAYER_QUESTIONNAIRE = (
        "RELAYER_QUESTIONNAIRE",
        "Questionnaire relayé à des guichets",
        Silence.SANS_DEMANDE,
    )
    CLORE_QUESTIONNAIRE = "CLORE_QUESTIONNAIRE", "Questionnaire clos", Silence.SANS_DEMANDE
    EXPORTER_REPONSES = "EXPORTER_REPONSES", "Réponses d’un questionnaire exportées", Silence.SANS_DEMANDE
    OUVRIR_COHORTE = (
        "OUVRIR_COHORTE",
        "Essai ouvert, avec ses phases et ce qui en est attendu",
        Silence.SANS_DEMANDE,
    )
    CLORE_COHORTE = "CLORE_COHORTE", "Essai clos", Silence.SANS_DEMANDE
    FIXER_MESURE = "FIXER_MESURE", "Attendu d’une phase fixé avant son début", Silence.SANS_DEMANDE
    RELEVER_MESURE = "RELEVER_MESURE", "Mesure d’une phase relevée", Silence.SANS_DEMANDE
    DEPOSER_CANDIDATURE = "DEPOSER_CANDIDATURE", "Candidature à un essai déposée", Silence.SANS_DEMANDE
    DECIDER_CANDIDATURE = (
        "DECIDER_CANDIDATURE",
        "Candidature à un essai décidée ou retirée",
        Silence.SANS_DEMANDE,
    )
    REGLER_DRAPEAU = (
        "REGLER_DRAPEAU",
        "Partie du service ouverte ou fermée à des équipes",
        Silence.SANS_DEMANDE,
    )
