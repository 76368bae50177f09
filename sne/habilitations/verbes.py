"""Accounts, rights that are granted and reviewed, signing in."""

from sne.journal.rules import Silence, Verbe


class VerbeHabilitation(Verbe):
    """Kinds of act."""

    CONNEXION = "CONNEXION", "Connexion", Silence.SANS_DEMANDE
    CONNEXION_REFUSEE = "CONNEXION_REFUSEE", "Connexion refusée", Silence.SANS_DEMANDE
    DECONNEXION = "DECONNEXION", "Déconnexion", Silence.SANS_DEMANDE
    CREER_COMPTE = "CREER_COMPTE", "Compte créé", Silence.SANS_DEMANDE
    MODIFIER_COMPTE = "MODIFIER_COMPTE", "Compte modifié", Silence.SANS_DEMANDE
    LIER_COMPTES = "LIER_COMPTES", "Deux comptes reconnus d’une même personne", Silence.SANS_DEMANDE
    ACCORDER_HABILITATION = "ACCORDER_HABILITATION", "Habilitation accordée", Silence.SANS_DEMANDE
    RETIRER_HABILITATION = "RETIRER_HABILITATION", "Habilitation retirée", Silence.SANS_DEMANDE
    PREVENIR_INACTIVITE = (
        "PREVENIR_INACTIVITE",
        "Fin d’une habilitation annoncée, faute de connexion",
        Silence.SANS_DEMANDE,
    )
    CONSTATER_CARENCE = (
        "CONSTATER_CARENCE",
        "Guichet ou territoire sans personne pour en répondre",
        Silence.SANS_DEMANDE,
    )
    COMBLER_CARENCE = "COMBLER_CARENCE", "Guichet ou territoire de nouveau tenu", Silence.SANS_DEMANDE
    CONSTATER_DEPART = "CONSTATER_DEPART", "Départ d’une personne signalé", Silence.SANS_DEMANDE
    EXECUTER_DEPART = (
        "EXECUTER_DEPART",
        "Départ d’une personne\u00a0: travail en cours confié, sessions fermées",
        Silence.SANS_DEMANDE,
    )
    CONFIER_TRAVAIL = (
        "CONFIER_TRAVAIL",
        "Travail en cours d’une personne sans habilitation, confié",
        Silence.SANS_DEMANDE,
    )
    OUVRIR_REVUE = "OUVRIR_REVUE", "Revue des habilitations ouverte", Silence.SANS_DEMANDE
    REPONDRE_REVUE = "REPONDRE_REVUE", "Réponse à une revue des habilitations", Silence.SANS_DEMANDE
    CLORE_REVUE = "CLORE_REVUE", "Revue des habilitations terminée", Silence.SANS_DEMANDE
    REDUIRE_HABILITATION = (
        "REDUIRE_HABILITATION",
        "Habilitation réduite\u00a0: droits jamais utilisés retirés",
        Silence.SANS_DEMANDE,
    )
    SUSPENDRE_HABILITATION = (
        "SUSPENDRE_HABILITATION",
        "Habilitation suspendue, faute de réponse à une revue",
        Silence.SANS_DEMANDE,
    )
    RETABLIR_HABILITATION = (
        "RETABLIR_HABILITATION",
        "Habilitation rétablie après une suspension",
        Silence.SANS_DEMANDE,
    )
    PROGRAMMER_REVUES = (
        "PROGRAMMER_REVUES",
        "Revues régulières des habilitations réglées pour le territoire",
        Silence.SANS_DEMANDE,
    )
    ARRETER_REVUES = "ARRETER_REVUES", "Revues régulières des habilitations arrêtées", Silence.SANS_DEMANDE
