"""What the controls remarked and no act refuses: codes kept beside the file, without health, and their words."""

from collections.abc import Collection, Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType

from sne.registre.contenu.rules.anomalie import Anomalie

LIBELLES: Mapping[str, str] = MappingProxyType(
    {
        "BRANCHE_TITULAIRE": "personne ou association à préciser",
        "NAISSANCE_FUTURE": "date de naissance dans le futur",
        "ADULTE_TROP_JEUNE": "adulte très jeune",
        "NAISSANCE_TROP_ANCIENNE": "date de naissance très ancienne",
        "NAISSANCE_PREVUE": "naissance attendue passée ou lointaine",
        "TITRE_DE_SEJOUR": "titre de séjour à vérifier",
        "NIR_DISCORDANT": "numéro de sécurité sociale différent de l’état civil",
        "COUPLE_SANS_COTITULAIRE": "couple sans cotitulaire",
        "LIEN_DISCORDANT": "lien entre les titulaires à vérifier",
        "HEBERGEANT_ABSENT": "hébergeant non indiqué",
        "EMPLOYEUR_ABSENT": "employeur non indiqué",
        "EMPLOYEUR_SANS_OBJET": "employeur indiqué sans emploi",
        "SALAIRE_SANS_ACTIVITE": "salaire sans activité",
        "REVENU_DU_STATUT_ABSENT": "revenu attendu non indiqué",
        "ENFANT_COMPTE_DEUX_FOIS": "enfant compté deux fois",
        "ANNEE_FISCALE": "année fiscale à vérifier",
        "BAISSE_DE_REVENUS": "baisse de revenus à justifier",
        "SIREN_ERRONE": "numéro SIREN à vérifier",
        "DETAIL_SANS_STATUT": "logement décrit sans statut d’occupation",
        "SEJOUR_AVANT_NAISSANCE": "date d’entrée avant la naissance",
        "LOGEMENT_SANS_OBJET": "logement décrit sans objet",
        "GRATUIT_AVEC_LOYER": "logement gratuit avec un loyer",
        "JUGEMENT_NON_DATE": "jugement sans date",
        "SEPARATION_EN_COUPLE": "séparation déclarée par un couple",
        "TAILLE_DISCORDANTE": "taille du logement à vérifier",
        "MOTIF_SANS_LOGEMENT": "motif à rapprocher du logement",
        "COMMUNE_HORS_TERRITOIRE": "commune souhaitée hors du territoire",
        "TYPES_ECARTES": "types de logement éloignés",
        "TYPE_ET_FOYER": "type de logement à rapprocher du foyer",
        "LOYER_ET_RESSOURCES": "loyer à rapprocher des ressources",
        # An import is let in with what a screen would refuse: said, and left to complete (CCH R441-2-3).
        "CODE_INCONNU": "valeur hors nomenclature",
        "COMMUNE_INCONNUE": "commune inconnue",
        "NOM_MAL_ECRIT": "signe inattendu dans un nom",
        "NIR_ILLISIBLE": "numéro de sécurité sociale illisible",
        "NIR_REPETE": "numéro de sécurité sociale répété",
        "ADRESSE_SANS_VOIE": "adresse sans voie",
        "ADRESSE_SANS_LOCALITE": "adresse sans commune",
        "LOCALITE_DISCORDANTE": "commune et code postal à rapprocher",
        "SMS_SANS_PORTABLE": "SMS demandés sans téléphone portable",
        "RENOUVELLEMENT_SANS_COURRIEL": "renouvellement en ligne sans adresse électronique",
        "TELEPHONE_INCOMPLET": "téléphone incomplet",
        "COURRIEL_INVALIDE": "adresse électronique incomplète",
        "COURRIEL_DOUTEUX": "adresse électronique douteuse",
        "NAISSANCE_SANS_DATE": "naissance attendue sans date",
        "MONTANT_NEGATIF": "montant négatif",
        "RESSOURCE_SANS_NATURE": "ressource sans nature",
        "SEJOUR_INCOMPLET": "hébergement à compléter",
        "BAILLEUR_ABSENT": "bailleur non indiqué",
        "SEJOUR_FUTUR": "date d’entrée dans le futur",
        "LOGEMENT_POSSEDE_INCOMPLET": "logement possédé à compléter",
        "AUTRE_MOTIF_ABSENT": "autre motif non précisé",
        "MOTIF_REPETE": "motif répété",
        "TROP_DE_MOTIFS": "trop de motifs",
        "LOCALISATION_REPETEE": "commune souhaitée répétée",
        "TROP_DE_LOCALISATIONS": "trop de communes souhaitées",
    }
)
"""Controls of health are not among them, and never kept: the code alone would say that there is a handicap."""


def remarques_ouvertes(
    anomalies: Iterable[Anomalie], expliquees: Collection[str] = ()
) -> tuple[Anomalie, ...]:
    """Those to settle, in the order of the controls: health is left out, and what was said to be right (``expliquees``,
    keys of :func:`cle_de`).
    """
    return tuple(a for a in anomalies if a.code in LIBELLES and cle_de(a) not in expliquees)


def codes_des_remarques(anomalies: Iterable[Anomalie], expliquees: Collection[str] = ()) -> tuple[str, ...]:
    """Their codes, once each."""
    return tuple(dict.fromkeys(a.code for a in remarques_ouvertes(anomalies, expliquees)))


def cle_de(anomalie: Anomalie) -> str:
    """What an answer « c’est exact » is kept under: the code, the place, the very sentence. A new value that earns
    another sentence is remarked anew.
    """
    empreinte = sha256(f"{anomalie.chemin} {anomalie.phrase}".encode()).hexdigest()
    return f"{anomalie.code}:{empreinte[:16]}"


def en_mots(codes: Iterable[str]) -> str:
    """« Employeur non indiqué, titre de séjour à vérifier »; a code of a former version as it is."""
    phrase = ", ".join(LIBELLES.get(code, code) for code in codes)
    return phrase[:1].upper() + phrase[1:]
