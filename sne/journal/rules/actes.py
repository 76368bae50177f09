"""What an entry says: verbs in words, values that can be erased, the entry itself. Pure."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sne.socle.acte import Acte


class Verbe(StrEnum):
    """Every kind of act. Adding one without words in :data:`PHRASES` fails a test."""

    DEPOSER = "DEPOSER"
    MODIFIER = "MODIFIER"
    RENOUVELER = "RENOUVELER"
    PREVENIR = "PREVENIR"
    ECHEC_PREAVIS = "ECHEC_PREAVIS"
    EXPIRER = "EXPIRER"
    RADIER = "RADIER"
    REACTIVER = "REACTIVER"
    PURGER = "PURGER"
    PROPOSER_IDENTITE = "PROPOSER_IDENTITE"
    VALIDER_IDENTITE = "VALIDER_IDENTITE"
    REFUSER_IDENTITE = "REFUSER_IDENTITE"
    ANNULER_IDENTITE = "ANNULER_IDENTITE"
    EXPIRER_IDENTITE = "EXPIRER_IDENTITE"
    QUESTIONNER_IDENTITE = "QUESTIONNER_IDENTITE"
    VOIR_CHANGEMENTS_REGARDES = "VOIR_CHANGEMENTS_REGARDES"
    OBSERVER_IDENTITE = "OBSERVER_IDENTITE"
    REPONDRE_IDENTITE = "REPONDRE_IDENTITE"
    SIGNALER_IDENTITE = "SIGNALER_IDENTITE"
    RELIRE_IDENTITE = "RELIRE_IDENTITE"
    PERMETTRE_CONTACT = "PERMETTRE_CONTACT"
    RAPPELER_IDENTITE = "RAPPELER_IDENTITE"
    REPRENDRE = "REPRENDRE"
    MODIFIER_SANTE = "MODIFIER_SANTE"
    CONSIGNER_EGALITE = "CONSIGNER_EGALITE"
    CONSIGNER_EVENEMENT = "CONSIGNER_EVENEMENT"
    DEMANDER_PIECES = "DEMANDER_PIECES"
    CONSIGNER_DECISION = "CONSIGNER_DECISION"
    CONSIGNER_ATTRIBUTION = "CONSIGNER_ATTRIBUTION"
    CONSIGNER_DALO = "CONSIGNER_DALO"
    REFUSER_ACTE = "REFUSER_ACTE"
    CONSULTER = "CONSULTER"
    CONSULTER_SANTE = "CONSULTER_SANTE"
    JOINDRE_PIECE = "JOINDRE_PIECE"
    REMPLACER_PIECE = "REMPLACER_PIECE"
    NOTER_PIECE_VUE = "NOTER_PIECE_VUE"
    QUALIFIER_PIECE = "QUALIFIER_PIECE"
    EXPLIQUER_PIECE = "EXPLIQUER_PIECE"
    DETRUIRE_PIECE = "DETRUIRE_PIECE"
    CONSULTER_PIECE = "CONSULTER_PIECE"
    CONSULTER_HISTORIQUE = "CONSULTER_HISTORIQUE"
    REMETTRE_HISTORIQUE = "REMETTRE_HISTORIQUE"
    RECHERCHER = "RECHERCHER"
    EXPORTER_LISTE = "EXPORTER_LISTE"
    ENREGISTRER_LISTE = "ENREGISTRER_LISTE"
    SUPPRIMER_LISTE = "SUPPRIMER_LISTE"
    EMETTRE_ATTESTATION = "EMETTRE_ATTESTATION"
    OUVRIR_ATTESTATION = "OUVRIR_ATTESTATION"
    REMETTRE_ATTESTATION = "REMETTRE_ATTESTATION"
    ATTESTATION_IMPOSSIBLE = "ATTESTATION_IMPOSSIBLE"
    TRAITER_ATTESTATION = "TRAITER_ATTESTATION"
    PREPARER_MESSAGE = "PREPARER_MESSAGE"
    ECRIRE_A_UN_AGENT = "ECRIRE_A_UN_AGENT"
    ENVOYER_MESSAGE = "ENVOYER_MESSAGE"
    DIFFERER_MESSAGE = "DIFFERER_MESSAGE"
    DELIVRER_MESSAGE = "DELIVRER_MESSAGE"
    REJETER_MESSAGE = "REJETER_MESSAGE"
    INVALIDER_COURRIEL = "INVALIDER_COURRIEL"
    DEMANDER_VERIFICATION = "DEMANDER_VERIFICATION"
    VERIFIER_COURRIEL = "VERIFIER_COURRIEL"
    OUVRIR_CAS_DOUBLON = "OUVRIR_CAS_DOUBLON"
    CONSULTER_CAS_DOUBLON = "CONSULTER_CAS_DOUBLON"
    CLORE_CAS_DOUBLON = "CLORE_CAS_DOUBLON"
    OUVRIR_ENQUETE = "OUVRIR_ENQUETE"
    COMPLETER_ENQUETE = "COMPLETER_ENQUETE"
    CONSULTER_ENQUETE = "CONSULTER_ENQUETE"
    CLORE_ENQUETE = "CLORE_ENQUETE"
    GELER = "GELER"
    DEMANDER_LEVEE = "DEMANDER_LEVEE"
    REFUSER_LEVEE = "REFUSER_LEVEE"
    LEVER_GEL = "LEVER_GEL"
    DEMANDER_RESTAURATION = "DEMANDER_RESTAURATION"
    REFUSER_RESTAURATION = "REFUSER_RESTAURATION"
    RETIRER_RESTAURATION = "RETIRER_RESTAURATION"
    RESTAURER = "RESTAURER"
    AVERTIR = "AVERTIR"
    CONFIER_AVIS = "CONFIER_AVIS"
    PORTER_AVIS = "PORTER_AVIS"
    S_OPPOSER = "S_OPPOSER"
    RETIRER_OPPOSITION = "RETIRER_OPPOSITION"
    ANNULER = "ANNULER"
    RETABLIR = "RETABLIR"
    SEPARER = "SEPARER"
    CONSULTER_SEPARATION = "CONSULTER_SEPARATION"
    DECIDER_SEPARATION = "DECIDER_SEPARATION"
    LEVER_PROTECTION = "LEVER_PROTECTION"
    DECIDER_ANTERIORITE = "DECIDER_ANTERIORITE"
    BALAYER_DOUBLONS = "BALAYER_DOUBLONS"
    CONSULTER_ENSEMBLE_DOUBLON = "CONSULTER_ENSEMBLE_DOUBLON"
    CLORE_ENSEMBLE_DOUBLON = "CLORE_ENSEMBLE_DOUBLON"
    LIRE_RAPPEL = "LIRE_RAPPEL"
    REPONDRE_SCENARIO = "REPONDRE_SCENARIO"
    CONNEXION = "CONNEXION"
    CONNEXION_REFUSEE = "CONNEXION_REFUSEE"
    DECONNEXION = "DECONNEXION"
    CREER_COMPTE = "CREER_COMPTE"
    MODIFIER_COMPTE = "MODIFIER_COMPTE"
    LIER_COMPTES = "LIER_COMPTES"
    ACCORDER_HABILITATION = "ACCORDER_HABILITATION"
    RETIRER_HABILITATION = "RETIRER_HABILITATION"
    PREVENIR_INACTIVITE = "PREVENIR_INACTIVITE"
    CONSTATER_CARENCE = "CONSTATER_CARENCE"
    COMBLER_CARENCE = "COMBLER_CARENCE"
    CONSTATER_DEPART = "CONSTATER_DEPART"
    EXECUTER_DEPART = "EXECUTER_DEPART"
    CONFIER_TRAVAIL = "CONFIER_TRAVAIL"
    OUVRIR_REVUE = "OUVRIR_REVUE"
    REPONDRE_REVUE = "REPONDRE_REVUE"
    CLORE_REVUE = "CLORE_REVUE"
    REDUIRE_HABILITATION = "REDUIRE_HABILITATION"
    SUSPENDRE_HABILITATION = "SUSPENDRE_HABILITATION"
    RETABLIR_HABILITATION = "RETABLIR_HABILITATION"
    PROGRAMMER_REVUES = "PROGRAMMER_REVUES"
    ARRETER_REVUES = "ARRETER_REVUES"
    CALCULER_ACTIVITE = "CALCULER_ACTIVITE"
    EXPORTER_RECAPITULATIF = "EXPORTER_RECAPITULATIF"
    DECLARER_CLE = "DECLARER_CLE"
    ECARTER_JALON = "ECARTER_JALON"
    RETIRER_MOIS = "RETIRER_MOIS"
    RECHERCHER_ACTES = "RECHERCHER_ACTES"
    EXPORTER_ACTES = "EXPORTER_ACTES"
    CLASSER_SUIVI = "CLASSER_SUIVI"
    CONSULTER_AGENT = "CONSULTER_AGENT"
    EXPORTER_SUIVI = "EXPORTER_SUIVI"
    PROGRAMMER_ENVOI = "PROGRAMMER_ENVOI"
    ARRETER_ENVOI = "ARRETER_ENVOI"
    ENVOYER_RECAPITULATIF = "ENVOYER_RECAPITULATIF"
    OUVRIR_ALERTE = "OUVRIR_ALERTE"
    DESIGNER_REPONDANT = "DESIGNER_REPONDANT"
    REPONDRE_ALERTE = "REPONDRE_ALERTE"
    RELANCER_ALERTE = "RELANCER_ALERTE"
    CLORE_ALERTE = "CLORE_ALERTE"


PHRASES: Mapping[Verbe, str] = {
    Verbe.DEPOSER: "Demande enregistrée",
    Verbe.MODIFIER: "Demande modifiée",
    Verbe.RENOUVELER: "Demande renouvelée",
    Verbe.PREVENIR: "Préavis de renouvellement",
    Verbe.ECHEC_PREAVIS: "Préavis de renouvellement non remis",
    Verbe.EXPIRER: "Fin de validité",
    Verbe.RADIER: "Demande radiée",
    Verbe.REACTIVER: "Demande réactivée et renouvelée",
    Verbe.PURGER: "Demande effacée",
    Verbe.PROPOSER_IDENTITE: "Changement d’identité demandé",
    Verbe.VALIDER_IDENTITE: "Changement d’identité validé",
    Verbe.REFUSER_IDENTITE: "Changement d’identité refusé",
    Verbe.ANNULER_IDENTITE: "Changement d’identité retiré par qui l’a demandé",
    Verbe.EXPIRER_IDENTITE: "Changement d’identité arrêté, sans décision",
    Verbe.QUESTIONNER_IDENTITE: "Précision demandée au guichet sur un changement d’identité",
    Verbe.VOIR_CHANGEMENTS_REGARDES: "Changements regardés vus par l’agent qui les a faits",
    Verbe.OBSERVER_IDENTITE: "Explication donnée par l’agent sur un changement regardé",
    Verbe.REPONDRE_IDENTITE: "Précision donnée par le guichet sur un changement d’identité",
    Verbe.SIGNALER_IDENTITE: "Changement d’identité transmis au délégué à la protection des données",
    Verbe.RELIRE_IDENTITE: "Changement d’identité relu par sondage",
    Verbe.PERMETTRE_CONTACT: "Changement de contact permis par le gestionnaire territorial",
    Verbe.RAPPELER_IDENTITE: "Changement d’identité sans décision, rappelé",
    Verbe.REPRENDRE: "Demande reprise d’un ancien système",
    Verbe.MODIFIER_SANTE: "Données de santé saisies ou modifiées",
    Verbe.CONSIGNER_EGALITE: "Explications et remises consignées",
    Verbe.CONSIGNER_EVENEMENT: "Événement consigné",
    Verbe.DEMANDER_PIECES: "Pièces demandées au ménage",
    Verbe.CONSIGNER_DECISION: "Décision de la commission consignée",
    Verbe.CONSIGNER_ATTRIBUTION: "Attribution consignée",
    Verbe.CONSIGNER_DALO: "Fait DALO consigné",
    Verbe.REFUSER_ACTE: "Acte refusé",
    Verbe.CONSULTER: "Dossier consulté",
    Verbe.CONSULTER_SANTE: "Données de santé consultées",
    Verbe.JOINDRE_PIECE: "Pièce ajoutée au dossier",
    Verbe.REMPLACER_PIECE: "Pièce remplacée, la précédente est gardée",
    Verbe.NOTER_PIECE_VUE: "Pièce vue au guichet, sans copie",
    Verbe.QUALIFIER_PIECE: "Pièce qualifiée",
    Verbe.EXPLIQUER_PIECE: "Explication du ménage notée à côté d’une pièce",
    Verbe.DETRUIRE_PIECE: "Pièce infectée, détruite par l’antivirus",
    Verbe.CONSULTER_PIECE: "Pièce ouverte",
    Verbe.CONSULTER_HISTORIQUE: "Historique lu comme le demandeur le voit",
    Verbe.REMETTRE_HISTORIQUE: "Copie de l’historique remise au demandeur",
    Verbe.RECHERCHER: "Recherche effectuée",
    Verbe.EXPORTER_LISTE: "Liste de travail exportée",
    Verbe.ENREGISTRER_LISTE: "Liste de travail gardée sous un nom",
    Verbe.SUPPRIMER_LISTE: "Liste de travail gardée supprimée",
    Verbe.EMETTRE_ATTESTATION: "Attestation émise",
    Verbe.OUVRIR_ATTESTATION: "Attestation ouverte ou imprimée",
    Verbe.REMETTRE_ATTESTATION: "Attestation remise au guichet, ou postée",
    Verbe.ATTESTATION_IMPOSSIBLE: "Attestation à établir à la main",
    Verbe.TRAITER_ATTESTATION: "Attestation établie à la main",
    Verbe.PREPARER_MESSAGE: "Message préparé pour le ménage",
    Verbe.ECRIRE_A_UN_AGENT: "Message préparé pour un professionnel",
    Verbe.ENVOYER_MESSAGE: "Message envoyé",
    Verbe.DIFFERER_MESSAGE: "Envoi d’un message retardé",
    Verbe.DELIVRER_MESSAGE: "Message arrivé à sa destination",
    Verbe.REJETER_MESSAGE: "Message refusé par sa destination",
    Verbe.INVALIDER_COURRIEL: "Adresse électronique marquée comme refusant les messages",
    Verbe.DEMANDER_VERIFICATION: "Lien de vérification de l’adresse électronique demandé",
    Verbe.VERIFIER_COURRIEL: "Adresse électronique vérifiée par la personne qui la lit",
    Verbe.OUVRIR_CAS_DOUBLON: "Comparaison de deux demandes à faire",
    Verbe.CONSULTER_CAS_DOUBLON: "Comparaison de deux demandes consultée",
    Verbe.CLORE_CAS_DOUBLON: "Comparaison de deux demandes décidée",
    Verbe.OUVRIR_ENQUETE: "Enquête ouverte",
    Verbe.COMPLETER_ENQUETE: "Élément ajouté à une enquête",
    Verbe.CONSULTER_ENQUETE: "Enquête consultée",
    Verbe.CLORE_ENQUETE: "Enquête close",
    Verbe.GELER: "Dossier figé pendant une vérification",
    Verbe.DEMANDER_LEVEE: "Fin d’une vérification demandée",
    Verbe.REFUSER_LEVEE: "Fin d’une vérification refusée",
    Verbe.LEVER_GEL: "Vérification terminée, dossier de nouveau modifiable",
    Verbe.DEMANDER_RESTAURATION: "Retour d’une demande à un état antérieur demandé",
    Verbe.REFUSER_RESTAURATION: "Retour d’une demande à un état antérieur refusé",
    Verbe.RETIRER_RESTAURATION: "Retour d’une demande à un état antérieur, demande retirée",
    Verbe.RESTAURER: "Demande rétablie comme elle était",
    Verbe.AVERTIR: "Changement annoncé aux adresses du ménage",
    Verbe.CONFIER_AVIS: "Changement à annoncer, confié au gestionnaire territorial",
    Verbe.PORTER_AVIS: "Changement annoncé par le gestionnaire territorial",
    Verbe.S_OPPOSER: "Changement contesté depuis une adresse d’avant",
    Verbe.RETIRER_OPPOSITION: "Contestation d’un changement retirée, depuis la même adresse",
    Verbe.ANNULER: "Enregistrement en double, annulé",
    Verbe.RETABLIR: "Demande annulée, puis rétablie",
    Verbe.SEPARER: "Départ d’un adulte du foyer",
    Verbe.CONSULTER_SEPARATION: "Séparation d’un couple consultée",
    Verbe.DECIDER_SEPARATION: "Séparation du couple examinée par le gestionnaire territorial",
    Verbe.LEVER_PROTECTION: "Demande qui n’est plus à tenir secrète",
    Verbe.DECIDER_ANTERIORITE: "Date de dépôt antérieure accordée",
    Verbe.BALAYER_DOUBLONS: "Demandes proches cherchées dans le territoire",
    Verbe.CONSULTER_ENSEMBLE_DOUBLON: "Demandes proches consultées",
    Verbe.CLORE_ENSEMBLE_DOUBLON: "Demandes proches décidées",
    Verbe.LIRE_RAPPEL: "Rappel sur l’état civil lu",
    Verbe.REPONDRE_SCENARIO: "Mise en situation suivie",
    Verbe.CONNEXION: "Connexion",
    Verbe.CONNEXION_REFUSEE: "Connexion refusée",
    Verbe.DECONNEXION: "Déconnexion",
    Verbe.CREER_COMPTE: "Compte créé",
    Verbe.MODIFIER_COMPTE: "Compte modifié",
    Verbe.LIER_COMPTES: "Deux comptes reconnus d’une même personne",
    Verbe.ACCORDER_HABILITATION: "Habilitation accordée",
    Verbe.RETIRER_HABILITATION: "Habilitation retirée",
    Verbe.PREVENIR_INACTIVITE: "Fin d’une habilitation annoncée, faute de connexion",
    Verbe.CONSTATER_CARENCE: "Guichet ou territoire sans personne pour en répondre",
    Verbe.COMBLER_CARENCE: "Guichet ou territoire de nouveau tenu",
    Verbe.CONSTATER_DEPART: "Départ d’une personne signalé",
    Verbe.EXECUTER_DEPART: "Départ d’une personne : travail en cours confié, sessions fermées",
    Verbe.CONFIER_TRAVAIL: "Travail en cours d’une personne sans habilitation, confié",
    Verbe.OUVRIR_REVUE: "Revue des habilitations ouverte",
    Verbe.REPONDRE_REVUE: "Réponse à une revue des habilitations",
    Verbe.CLORE_REVUE: "Revue des habilitations terminée",
    Verbe.REDUIRE_HABILITATION: "Habilitation réduite : droits jamais utilisés retirés",
    Verbe.SUSPENDRE_HABILITATION: "Habilitation suspendue, faute de réponse à une revue",
    Verbe.RETABLIR_HABILITATION: "Habilitation rétablie après une suspension",
    Verbe.PROGRAMMER_REVUES: "Revues régulières des habilitations réglées pour le territoire",
    Verbe.ARRETER_REVUES: "Revues régulières des habilitations arrêtées",
    Verbe.CALCULER_ACTIVITE: "Activité des guichets calculée",
    Verbe.EXPORTER_RECAPITULATIF: "Récapitulatif des guichets exporté",
    Verbe.DECLARER_CLE: "Clé de signature du journal mise en service",
    Verbe.ECARTER_JALON: "Faux jalon du journal écarté",
    Verbe.RETIRER_MOIS: "Mois du journal retiré, au bout de sa conservation",
    Verbe.RECHERCHER_ACTES: "Recherche dans le journal",
    Verbe.EXPORTER_ACTES: "Actes du journal exportés",
    Verbe.CLASSER_SUIVI: "Dossier ou guichet à regarder classé",
    Verbe.CONSULTER_AGENT: "Actes d’un agent consultés",
    Verbe.EXPORTER_SUIVI: "Suivi des changements d’identité exporté",
    Verbe.PROGRAMMER_ENVOI: "Envoi mensuel du récapitulatif programmé",
    Verbe.ARRETER_ENVOI: "Envoi mensuel du récapitulatif arrêté",
    Verbe.ENVOYER_RECAPITULATIF: "Récapitulatif du mois envoyé",
    Verbe.OUVRIR_ALERTE: "Guichet alerté sur ses chiffres",
    Verbe.DESIGNER_REPONDANT: "Agent désigné pour répondre à une alerte",
    Verbe.REPONDRE_ALERTE: "Réponse du guichet à une alerte",
    Verbe.RELANCER_ALERTE: "Guichet relancé sur une alerte",
    Verbe.CLORE_ALERTE: "Alerte à un guichet close",
}
LECTURES = frozenset(
    {
        Verbe.CONSULTER,
        Verbe.CONSULTER_SANTE,
        Verbe.CONSULTER_PIECE,
        Verbe.CONSULTER_HISTORIQUE,
        Verbe.VOIR_CHANGEMENTS_REGARDES,
        Verbe.RECHERCHER,
        Verbe.EXPORTER_LISTE,
        Verbe.EXPORTER_RECAPITULATIF,
        Verbe.OUVRIR_ATTESTATION,
        Verbe.CONSULTER_CAS_DOUBLON,
        Verbe.CONSULTER_ENQUETE,
        Verbe.CONSULTER_SEPARATION,
        Verbe.CONSULTER_ENSEMBLE_DOUBLON,
        Verbe.RECHERCHER_ACTES,
        Verbe.EXPORTER_ACTES,
        Verbe.CONSULTER_AGENT,
        Verbe.EXPORTER_SUIVI,
    }
)
DE_SANTE = frozenset({Verbe.MODIFIER_SANTE, Verbe.CONSULTER_SANTE})
"""Acts on health data: shown to those who may read such data, since the act alone says that there are some."""


TRES_PERSONNELS = frozenset({Verbe.CONSIGNER_DALO, Verbe.LEVER_PROTECTION})
"""Acts whose name alone says something highly personal of the household: shown to those who may read that."""


class Cote(StrEnum):
    """Side of a value: before or after the act."""

    AVANT = "avant"
    APRES = "apres"


@dataclass(frozen=True, slots=True)
class Valeur:
    """A personal value kept apart from the entry, under a salted commitment: it can be erased, the seal stays."""

    champ: str
    cote: Cote
    valeur: str | None


@dataclass(frozen=True, slots=True)
class Entree:
    """One act. ``survenu_le`` is the business instant (aware); the database adds its own clock and the seal.

    ``demande_id`` and ``revision`` go together: an entry that names a demande names the revision it made or read.
    ``faits`` holds codes and identifiers only; whatever names a person goes in ``valeurs``.
    """

    verbe: Verbe
    acte: Acte
    territoire: str = ""
    demande_id: uuid.UUID | None = None
    revision: int | None = None
    role: str = ""
    faits: Mapping[str, object] = field(default_factory=dict)
    valeurs: tuple[Valeur, ...] = ()

    def __post_init__(self) -> None:
        if self.acte.survenu_le.tzinfo is None:
            raise ValueError("survenu_le must be aware")
        if (self.demande_id is None) != (self.revision is None):
            raise ValueError("an entry names a demande and its revision, or neither")
