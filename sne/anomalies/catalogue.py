"""One row for each thing that may be refused or wait: its code on the wire, what it means, its HTTP status. Data.

Numbers are for ever: a row may go, its number is never given again. They start at 1001, so that none is taken for one
of the former national numbers. What is told is the sentence of the rule that refused; ``sens`` says what the code is.
"""

from collections.abc import Mapping
from dataclasses import dataclass

PREFIXE = "CTRL_DEM_"
SOEURS = {16: "EVT_", 17: "REC_"}
TEXTE_MAX = 512
"""Characters that the interface gives to one text."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """``produit``: the code inside the product, and in REST. ``statut``: of HTTP. ``attend``: recorded, and waits."""

    numero: int
    produit: str
    sens: str
    statut: int = 422
    attend: bool = False

    @property
    def code(self) -> str:
        """On the wire; the two sister services give ten signs to a code."""
        return f"{SOEURS.get(self.numero // 100, PREFIXE)}{self.numero:04d}"


CONTENU = (
    Ligne(
        1001, "BRANCHE_TITULAIRE", "La partie remplie (personne ou association) n’est pas celle du titulaire"
    ),
    Ligne(1002, "CODE_INCONNU", "Un code n’est pas de sa liste à cette date"),
    Ligne(1003, "COMMUNE_INCONNUE", "Une commune n’existe pas"),
    Ligne(1004, "NOM_MAL_ECRIT", "Un nom contient des signes qu’un état civil n’a pas"),
    Ligne(1005, "NAISSANCE_FUTURE", "Une date de naissance est dans le futur"),
    Ligne(1006, "ADULTE_TROP_JEUNE", "Un demandeur ou un cotitulaire a moins de 16 ans"),
    Ligne(1007, "NAISSANCE_TROP_ANCIENNE", "Une personne a plus de 110 ans"),
    Ligne(1008, "NAISSANCE_PREVUE", "Une naissance est prévue dans le passé ou dans plus de dix mois"),
    Ligne(1009, "TITRE_DE_SEJOUR", "Un titre de séjour est demandé"),
    Ligne(1010, "NIR_ILLISIBLE", "Un numéro de sécurité sociale est mal écrit"),
    Ligne(1011, "NIR_REPETE", "Un numéro de sécurité sociale est donné à deux personnes"),
    Ligne(1012, "NIR_DISCORDANT", "Un numéro de sécurité sociale et un état civil ne s’accordent pas"),
    Ligne(1013, "COUPLE_SANS_COTITULAIRE", "Un couple est déclaré, sans cotitulaire"),
    Ligne(1014, "LIEN_DISCORDANT", "Le lien d’un cotitulaire et la situation familiale ne s’accordent pas"),
    Ligne(1015, "ADRESSE_SANS_VOIE", "Une adresse en France n’a ni voie ni lieu-dit"),
    Ligne(1016, "ADRESSE_SANS_LOCALITE", "Une adresse n’a pas de localité"),
    Ligne(1017, "LOCALITE_DISCORDANTE", "Une adresse est remplie à la fois en France et à l’étranger"),
    Ligne(1018, "HEBERGEANT_ABSENT", "Il manque chez qui le foyer est hébergé"),
    Ligne(1019, "SMS_SANS_PORTABLE", "Des SMS sont demandés, sans téléphone portable"),
    Ligne(
        1020, "RENOUVELLEMENT_SANS_COURRIEL", "Un avis électronique est demandé, sans adresse électronique"
    ),
    Ligne(1021, "TELEPHONE_INCOMPLET", "Un numéro de téléphone est incomplet"),
    Ligne(1022, "COURRIEL_INVALIDE", "Une adresse électronique ne peut rien recevoir"),
    Ligne(1023, "COURRIEL_DOUTEUX", "Une adresse électronique ressemble à une faute de frappe"),
    Ligne(1024, "EMPLOYEUR_ABSENT", "Il manque un employeur"),
    Ligne(1025, "EMPLOYEUR_SANS_OBJET", "Un employeur est donné, sans emploi"),
    Ligne(1026, "SALAIRE_SANS_ACTIVITE", "Un salaire est donné, sans activité"),
    Ligne(1027, "REVENU_DU_STATUT_ABSENT", "Il manque le revenu qui va avec la situation"),
    Ligne(1028, "NAISSANCE_SANS_DATE", "Une naissance attendue n’a pas de date"),
    Ligne(1029, "ENFANT_COMPTE_DEUX_FOIS", "Un enfant est compté deux fois"),
    Ligne(1030, "MONTANT_NEGATIF", "Un montant est négatif"),
    Ligne(1031, "RESSOURCE_SANS_NATURE", "Une ressource n’a pas de nature"),
    Ligne(1032, "ANNEE_FISCALE", "Une année fiscale n’est pas celle attendue"),
    Ligne(1033, "BAISSE_DE_REVENUS", "Le dernier revenu fiscal est attendu après une baisse"),
    Ligne(1034, "SIREN_ERRONE", "La clé d’un SIREN ou d’un SIRET est fausse"),
    Ligne(1035, "SEJOUR_INCOMPLET", "Il manque depuis quand, ou dans quelle structure"),
    Ligne(1036, "BAILLEUR_ABSENT", "Il manque le bailleur social du logement actuel"),
    Ligne(1037, "DETAIL_SANS_STATUT", "Un détail du logement est donné, sans son statut"),
    Ligne(1038, "SEJOUR_FUTUR", "Un séjour commence dans le futur"),
    Ligne(1039, "SEJOUR_AVANT_NAISSANCE", "Un séjour commence avant une naissance"),
    Ligne(1040, "LOGEMENT_SANS_OBJET", "Un détail ne va pas avec ce logement"),
    Ligne(1041, "GRATUIT_AVEC_LOYER", "Un logement gratuit a un loyer"),
    Ligne(1042, "LOGEMENT_POSSEDE_INCOMPLET", "Il manque le type ou le lieu du logement possédé"),
    Ligne(1043, "AUTRE_MOTIF_ABSENT", "Il manque quel est l’autre motif"),
    Ligne(1044, "JUGEMENT_NON_DATE", "Il manque la date du jugement d’expulsion"),
    Ligne(1045, "HANDICAP_SANS_FICHE", "Le motif est un handicap, sans fiche"),
    Ligne(1046, "SEPARATION_EN_COUPLE", "Le motif est une séparation, et le couple est encore déclaré"),
    Ligne(1047, "TAILLE_DISCORDANTE", "Le motif de taille et le logement ne s’accordent pas"),
    Ligne(1048, "MOTIF_SANS_LOGEMENT", "Le motif suppose un logement"),
    Ligne(1049, "MOTIF_REPETE", "Un motif est répété"),
    Ligne(1050, "TROP_DE_MOTIFS", "Il y a trop de motifs"),
    Ligne(1051, "COMMUNE_HORS_TERRITOIRE", "Une commune souhaitée n’est pas du territoire de la demande"),
    Ligne(1052, "LOCALISATION_REPETEE", "Un lieu souhaité est répété"),
    Ligne(1053, "TROP_DE_LOCALISATIONS", "Il y a trop de lieux souhaités"),
    Ligne(1054, "TYPES_ECARTES", "Les types de logement souhaités sont trop éloignés"),
    Ligne(1055, "TYPE_ET_FOYER", "Le type de logement et le foyer ne s’accordent pas"),
    Ligne(1056, "LOYER_ET_RESSOURCES", "Le loyer maximum et les ressources ne s’accordent pas"),
    Ligne(1057, "FICHE_SANS_PERSONNE", "Une fiche handicap ne désigne personne du foyer"),
    Ligne(1058, "FICHE_REPETEE", "Une personne a deux fiches handicap"),
    Ligne(1059, "FICHE_D_UNE_AUTRE_DATE", "Une fiche handicap n’a pas la date de naissance de sa personne"),
    Ligne(1060, "NATURE_DISCORDANTE", "La nature d’un handicap et sa présence ne s’accordent pas"),
    Ligne(1061, "FICHE_SANS_HANDICAP", "Une fiche ne dit aucun handicap"),
    Ligne(1062, "AIDE_CONTRADICTOIRE", "« Aucune aide » est donné avec une autre aide"),
    Ligne(1063, "A_RENSEIGNER", "Il manque ce sans quoi rien n’est enregistré"),
    Ligne(1064, "PIECE_VUE", "Il manque la pièce d’identité ou de séjour vue"),
    Ligne(1065, "DATE_RECEPTION", "La date de création ne peut pas être celle du dépôt"),
    Ligne(1066, "TITRE_PERIME", "Le titre de séjour vu n’est plus valable"),
    Ligne(1067, "NIR", "Un numéro de sécurité sociale n’est pas admis"),
    Ligne(1070, "FORME_FORME", "Une valeur n’a pas la forme attendue"),
    Ligne(1071, "FORME_JOUR", "Une date n’existe pas ou est mal écrite"),
    Ligne(1072, "FORME_MISSING", "Un champ obligatoire est absent"),
    Ligne(1073, "FORME_STRING_TYPE", "Un champ de texte obligatoire est vide"),
    Ligne(1074, "FORME_ENUM", "Une valeur n’est pas de sa liste"),
    Ligne(1075, "FORME_STRING_TOO_LONG", "Un texte est trop long"),
    Ligne(1076, "FORME_STRING_PATTERN_MISMATCH", "Un texte contient des signes non admis"),
    Ligne(1077, "FORME_STRING_UNICODE", "Un texte contient un caractère illisible"),
    Ligne(1078, "FORME_BOOL_TYPE", "Une réponse n’est ni oui ni non"),
    Ligne(1079, "FORME_BOOL_PARSING", "Une réponse oui ou non est mal écrite"),
    Ligne(1080, "FORME_TOO_LONG", "Une liste compte trop de lignes"),
    Ligne(1081, "FORME_INT_TYPE", "Un nombre entier est attendu"),
    Ligne(1082, "FORME_INT_PARSING", "Un nombre entier est mal écrit"),
    Ligne(1083, "FORME_INT_FROM_FLOAT", "Un nombre entier a des décimales"),
    Ligne(1084, "FORME_DECIMAL_TYPE", "Un montant est attendu"),
    Ligne(1085, "FORME_DECIMAL_PARSING", "Un montant est mal écrit"),
    Ligne(1086, "FORME_DECIMAL_MAX_PLACES", "Un montant a plus de deux décimales"),
    Ligne(1087, "FORME_FINITE_NUMBER", "Un montant n’est pas un nombre"),
    Ligne(1088, "FORME_DATE_FROM_DATETIME_PARSING", "Une date est mal écrite"),
    Ligne(1089, "FORME_EXTRA_FORBIDDEN", "Un champ n’est pas de la demande"),
    Ligne(1090, "FORME_GREATER_THAN_EQUAL", "Une valeur est trop petite"),
    Ligne(1091, "FORME_LESS_THAN_EQUAL", "Une valeur est trop grande"),
    Ligne(1099, "FORME", "Une valeur n’est pas possible"),
)
DROITS = (
    Ligne(1101, "GUICHET_HORS_CONVENTION", "Ce guichet n’est pas de la convention", 403),
    Ligne(1102, "INTROUVABLE", "Numéro inconnu, ou hors du périmètre", 404),
    Ligne(1103, "EFFACE", "Demande effacée au terme de sa conservation", 410),
    Ligne(1104, "NON_HABILITE", "Champ, acte ou motif réservé à d’autres", 403),
    Ligne(1105, "PORTEE_MANQUANTE", "Cette portée n’est pas ouverte à la convention", 403),
    Ligne(1106, "CONNEXION_REFUSEE", "La connexion est refusée", 401),
    Ligne(1107, "ACCES_REFUSE", "Clé ou certificat inconnu ou terminé", 401),
    Ligne(1108, "CADENCE_DEPASSEE", "Trop d’appels par minute", 429),
    Ligne(1109, "OCCUPE", "Trop d’appels en même temps", 429),
    Ligne(
        1110, "AGENT_ILLISIBLE", "La personne qui utilise le logiciel n’est pas désignée comme attendu", 400
    ),
)
ETATS = (
    Ligne(1201, "PAS_OUVERTE", "La demande n’est pas ouverte", 409),
    Ligne(1202, "DEJA_OUVERTE", "Une demande est déjà ouverte pour cette personne", 409),
    Ligne(1203, "DOUBLON", "Une demande proche existe", 409),
    Ligne(1204, "TRANSITION_INTERDITE", "L’état de la demande ne le permet pas", 409),
    Ligne(1205, "RENOUVELLEMENT_FERME", "Le renouvellement n’est pas ouvert", 409),
    Ligne(1206, "REACTIVATION_FERMEE", "Le retour n’est plus possible", 409),
    Ligne(1207, "CONFLIT", "La demande a changé depuis qu’elle a été lue", 409),
    Ligne(1208, "DATE_CREATION_DIFFERE", "La date de création n’est pas celle de la demande", 409),
    Ligne(1209, "DOSSIER_FIGE", "Le dossier est gelé le temps d’une enquête", 409),
    Ligne(1210, "PREAVIS", "Le foyer n’a pas encore reçu son préavis", 409),
    Ligne(1211, "PERSONNE_PARTIE", "Cette personne a quitté cette demande", 409),
    Ligne(1212, "PIECE_DEJA_LA", "Ce document est déjà au dossier", 409),
    Ligne(1213, "CONFIRMATION", "Il manque la confirmation que rien n’a changé", 409),
    Ligne(1214, "INTERDIT", "L’état des choses ne le permet pas", 409),
    Ligne(1215, "REFUS", "L’acte est refusé", 409),
    Ligne(1216, "INCOMPLET", "Le contenu ne peut pas être enregistré tel quel"),
    Ligne(1217, "A_ETABLIR", "L’attestation sera établie à la main", 409),
    Ligne(1218, "FICHIER_DIFFERENT", "Le fichier de l’attestation ne peut pas être refait", 409),
    Ligne(1219, "DONNEES_INVALIDES", "Une donnée de l’attestation n’est pas valable", 409),
    Ligne(1220, "DOCUMENT_REFUSE", "Un document est refusé"),
    Ligne(1221, "DOCUMENT_INDISPONIBLE", "Un document n’est pas disponible", 409),
    Ligne(1222, "MAGASIN_INDISPONIBLE", "Les documents ne sont pas disponibles", 503),
    Ligne(1223, "REQUETE_MAL_FORMEE", "Un envoi de document est mal formé", 400),
    Ligne(1224, "POSITION_INATTENDUE", "Un envoi de document ne reprend pas à sa place", 409),
    Ligne(1225, "TROP_DE_TELEVERSEMENTS", "Trop d’envois de documents sont en cours", 409),
    Ligne(1226, "LIEN_PERIME", "Un lien reçu n’est plus valable", 409),
    Ligne(1227, "LIEN_FERME", "Un lien reçu est fermé", 409),
    Ligne(1228, "VERSEMENT_REFUSE", "Un versement est refusé", 409),
    Ligne(1229, "TETES_DIFFERENTES", "La tête du flux reçue n’est pas celle du service", 409),
    Ligne(1230, "FICHIER_TROP_LOURD", "Un fichier d’import est trop lourd", 413),
    Ligne(1231, "CORPS_INCOMPLET", "Un fichier d’import n’est pas arrivé entier", 400),
    Ligne(1232, "CLE_IDEMPOTENCE_DIFFERENTE", "Une clé d’idempotence a déjà servi à autre chose", 422),
    Ligne(1233, "FICHIER_ILLISIBLE", "Un fichier d’import ne se lit pas", 422),
    Ligne(1234, "FORMAT_REFUSE", "Un format d’import n’est pas reçu", 415),
)
ATTENTES = (
    Ligne(
        1301,
        "IDENTITE_EN_ATTENTE",
        "Enregistré ; un changement d’identité attend une décision",
        202,
        attend=True,
    ),
    Ligne(
        1302,
        "DEPART_EN_ATTENTE",
        "Enregistré ; le départ d’un cotitulaire attend une décision",
        202,
        attend=True,
    ),
    Ligne(1303, "CONTROLE_EN_COURS", "Un autre changement attend déjà une décision", 409),
    Ligne(1304, "CONTACT_RETENU", "Les moyens de contact ne changent pas encore", 409),
    Ligne(
        1305,
        "SUPPRESSION_DEMANDEE",
        "La suppression est demandée au gestionnaire territorial",
        202,
        attend=True,
    ),
    Ligne(
        1306,
        "ANTERIORITE_DEMANDEE",
        "Enregistré ; une date de dépôt antérieure attend une décision",
        202,
        attend=True,
    ),
)
FAITS = (
    Ligne(1401, "FAIT", "Un champ du fait est refusé"),
    Ligne(1402, "FAIT_REFUSE", "Le fait est refusé"),
    Ligne(1403, "RADIATION_PREUVE", "Il manque la preuve de la radiation"),
    Ligne(1404, "RADIATION_DELAI", "Le délai de l’avis de radiation n’est pas écoulé"),
    Ligne(1405, "RADIATION_SOUS_MOTIF", "Il manque le sous-motif de la radiation"),
    Ligne(1406, "RADIATION_DATE", "La date de la radiation n’est pas admise"),
    Ligne(1407, "ATTRIBUTION_INCOMPLETE", "L’attribution est incomplète"),
)
SERVICES_FRERES = (
    Ligne(1601, "EVT_NON_HABILITE", "Événements : ce guichet ou ce logiciel ne peut pas cela", 403),
    Ligne(1602, "EVT_INTROUVABLE", "Événements : demande ou événement inconnu, ou hors du périmètre", 404),
    Ligne(1603, "EVT_CONTENU", "Événements : un champ est absent ou refusé"),
    Ligne(1604, "EVT_INTERDIT", "Événements : l’état des choses ne le permet pas", 409),
    Ligne(1701, "REC_NON_HABILITE", "Recherche : ce guichet ou ce logiciel ne peut pas cela", 403),
    Ligne(1702, "REC_INTROUVABLE", "Recherche : numéro illisible ou inconnu", 404),
    Ligne(1703, "REC_CONTENU", "Recherche : un critère est mal écrit"),
    Ligne(1704, "REC_INTERDIT", "Recherche : trop large, ou un critère à corriger", 409),
    Ligne(1705, "REC_TROP", "Recherche : plus de réponses que ce qui est donné", 422),
)
PAS_OFFERT = (
    Ligne(1801, "COPIE_PAR_ICI", "Les documents ne passent pas par cette porte", 501),
    Ligne(1802, "TYPE_DU_SERVEUR", "Ce type de message est celui des réponses", 501),
    Ligne(1803, "VERSION_INCONNUE", "Cette version de l’interface n’est pas servie", 501),
    Ligne(1804, "TYPE_INCONNU", "Ce type de message n’existe pas", 501),
    Ligne(1805, "LISTE_TROP_LONGUE", "La liste est trop longue", 422),
)
CATALOGUE = (*CONTENU, *DROITS, *ETATS, *ATTENTES, *FAITS, *SERVICES_FRERES, *PAS_OFFERT)
PAR_PRODUIT: Mapping[str, Ligne] = {ligne.produit: ligne for ligne in CATALOGUE}
FORME = "FORME"
"""Stands for a kind of shape that has no row of its own."""


def ligne_de(produit: str) -> Ligne:
    """The row of a code of the product. Raises ``KeyError`` for none, which a test makes impossible."""
    if produit not in PAR_PRODUIT and produit.startswith(f"{FORME}_"):
        return PAR_PRODUIT[FORME]
    return PAR_PRODUIT[produit]


def borner(phrase: str, maximum: int = TEXTE_MAX) -> str:
    """The sentence within what a partner takes, cut at a word."""
    if len(phrase) <= maximum:
        return phrase
    return f"{phrase[: maximum - 1].rpartition(' ')[0]}…"
