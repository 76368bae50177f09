"""What may be awaited on a file, in words, and who is to act. Pure."""

from collections.abc import Mapping
from enum import StrEnum

from sne.habilitations.rules import Permission


class NatureAttente(StrEnum):
    """One kind of thing awaited."""

    IDENTITE = "IDENTITE"
    QUESTION_IDENTITE = "QUESTION_IDENTITE"
    ANTERIORITE = "ANTERIORITE"
    DOUBLON = "DOUBLON"
    ANCIENNE_IDENTITE = "ANCIENNE_IDENTITE"
    SEPARATION = "SEPARATION"
    ENSEMBLE_DOUBLON = "ENSEMBLE_DOUBLON"
    LEVEE_GEL = "LEVEE_GEL"
    RESTAURATION = "RESTAURATION"
    OPPOSITION = "OPPOSITION"
    AVIS_A_PORTER = "AVIS_A_PORTER"
    PIECES = "PIECES"
    REPONSE_MENAGE = "REPONSE_MENAGE"
    PIECE_A_VERIFIER = "PIECE_A_VERIFIER"
    PIECE_PERIMEE = "PIECE_PERIMEE"
    COURRIEL_INVALIDE = "COURRIEL_INVALIDE"
    MESSAGE_REFUSE = "MESSAGE_REFUSE"
    LETTRE_REFUSEE = "LETTRE_REFUSEE"


LIBELLES: Mapping[NatureAttente, str] = {
    NatureAttente.IDENTITE: "Changement d’état civil à décider",
    NatureAttente.QUESTION_IDENTITE: "Question sur un changement d’état civil",
    NatureAttente.ANTERIORITE: "Date de dépôt antérieure à décider",
    NatureAttente.DOUBLON: "Même personne\u00a0? Question posée au gestionnaire",
    NatureAttente.ANCIENNE_IDENTITE: "Ancienne identité reconnue",
    NatureAttente.SEPARATION: "Séparation à examiner",
    NatureAttente.ENSEMBLE_DOUBLON: "Demandes proches à comparer",
    NatureAttente.LEVEE_GEL: "Fin d’un dossier figé à décider",
    NatureAttente.RESTAURATION: "Retour à un état antérieur à décider",
    NatureAttente.OPPOSITION: "«\u00a0Ce n’est pas moi\u00a0»\u00a0: personne à rappeler",
    NatureAttente.AVIS_A_PORTER: "Changement à annoncer à la personne, par une voie sûre",
    NatureAttente.PIECES: "Pièces demandées au ménage",
    NatureAttente.REPONSE_MENAGE: "Réponse demandée au ménage",
    NatureAttente.PIECE_A_VERIFIER: "Pièce reçue, à vérifier",
    NatureAttente.PIECE_PERIMEE: "Pièce dont la validité prend fin",
    NatureAttente.COURRIEL_INVALIDE: "Adresse électronique qui refuse les messages",
    NatureAttente.MESSAGE_REFUSE: "Message refusé par sa destination",
    NatureAttente.LETTRE_REFUSEE: "Lettre revenue ou impossible à envoyer",
}
DECIDEURS: Mapping[NatureAttente, tuple[Permission, str]] = {
    NatureAttente.IDENTITE: (
        Permission.ETAT_CIVIL_DECIDER,
        "Responsable du guichet ou gestionnaire territorial",
    ),
    NatureAttente.ANTERIORITE: (Permission.ANTERIORITE_DECIDER, "Gestionnaire territorial"),
    NatureAttente.DOUBLON: (Permission.DOUBLON_DECIDER, "Gestionnaire territorial"),
    NatureAttente.ANCIENNE_IDENTITE: (Permission.ENQUETE_OUVRIR, "Gestionnaire territorial"),
    NatureAttente.SEPARATION: (Permission.SEPARATION_DECIDER, "Gestionnaire territorial"),
    NatureAttente.ENSEMBLE_DOUBLON: (Permission.DOUBLON_DECIDER, "Gestionnaire territorial"),
    NatureAttente.LEVEE_GEL: (Permission.GEL_LEVER, "Une autre personne"),
    NatureAttente.RESTAURATION: (Permission.RESTAURATION_DECIDER, "Une autre personne"),
    NatureAttente.OPPOSITION: (Permission.ENQUETE_OUVRIR, "Gestionnaire territorial"),
    NatureAttente.AVIS_A_PORTER: (Permission.ENQUETE_OUVRIR, "Gestionnaire territorial"),
}
"""Whose decision is awaited, and the right that it takes; a nature that is not here waits for the household."""
DU_MENAGE = frozenset({NatureAttente.PIECES, NatureAttente.REPONSE_MENAGE})
RESERVEES = frozenset(
    {
        NatureAttente.ANCIENNE_IDENTITE,
        NatureAttente.ENSEMBLE_DOUBLON,
        NatureAttente.LEVEE_GEL,
        NatureAttente.RESTAURATION,
        NatureAttente.OPPOSITION,
        NatureAttente.AVIS_A_PORTER,
    }
)
"""Shown to who decides of it, and to nobody else: a counter is told nothing of a past identity, nor of a suspicion,
nor of an address that somebody must not learn.
"""

_DU_DOSSIER = frozenset({NatureAttente.PIECES, NatureAttente.PIECE_A_VERIFIER, NatureAttente.PIECE_PERIMEE})
_D_UNE_REVISION = _DU_DOSSIER | {NatureAttente.COURRIEL_INVALIDE}
"""What the documents and the persons of a demande say is not the same once its content was written again."""
_D_UN_CHANGEMENT = frozenset({NatureAttente.IDENTITE, NatureAttente.QUESTION_IDENTITE})
_D_UN_ETAT = frozenset({NatureAttente.PIECES, NatureAttente.ENSEMBLE_DOUBLON})
_D_UNE_ENQUETE = frozenset({NatureAttente.ANCIENNE_IDENTITE, NatureAttente.OPPOSITION})
_D_UN_MESSAGE = frozenset({NatureAttente.MESSAGE_REFUSE, NatureAttente.LETTRE_REFUSEE})

NATURES: Mapping[str, frozenset[NatureAttente]] = {
    "DEPOSER": frozenset({NatureAttente.ANTERIORITE, NatureAttente.PIECE_A_VERIFIER}),
    "MODIFIER": _D_UNE_REVISION,
    "RENOUVELER": _D_UNE_REVISION,
    "REACTIVER": _D_UNE_REVISION | _D_UN_ETAT,
    "RADIER": _D_UN_ETAT,
    "ANNULER": _D_UN_ETAT,
    "RETABLIR": _D_UN_ETAT,
    "PROPOSER_IDENTITE": frozenset({NatureAttente.IDENTITE}),
    "VALIDER_IDENTITE": _D_UN_CHANGEMENT | _D_UNE_REVISION,
    "REFUSER_IDENTITE": _D_UN_CHANGEMENT,
    "ANNULER_IDENTITE": _D_UN_CHANGEMENT,
    "EXPIRER_IDENTITE": _D_UN_CHANGEMENT,
    "QUESTIONNER_IDENTITE": frozenset({NatureAttente.QUESTION_IDENTITE}),
    "REPONDRE_IDENTITE": frozenset({NatureAttente.QUESTION_IDENTITE}),
    "DECIDER_ANTERIORITE": frozenset({NatureAttente.ANTERIORITE, NatureAttente.PIECES}),
    "SEPARER": _D_UNE_REVISION | {NatureAttente.SEPARATION},
    "DECIDER_SEPARATION": frozenset({NatureAttente.SEPARATION, NatureAttente.PIECES}),
    "LEVER_PROTECTION": frozenset({NatureAttente.PIECES}),
    "DEMANDER_LEVEE": frozenset({NatureAttente.LEVEE_GEL}),
    "REFUSER_LEVEE": frozenset({NatureAttente.LEVEE_GEL}),
    "LEVER_GEL": frozenset({NatureAttente.LEVEE_GEL, NatureAttente.PIECES}),
    "DEMANDER_RESTAURATION": frozenset({NatureAttente.RESTAURATION}),
    "REFUSER_RESTAURATION": frozenset({NatureAttente.RESTAURATION}),
    "RETIRER_RESTAURATION": frozenset({NatureAttente.RESTAURATION}),
    "RESTAURER": _D_UNE_REVISION | _D_UN_CHANGEMENT | {NatureAttente.RESTAURATION, NatureAttente.LEVEE_GEL},
    "JOINDRE_PIECE": _DU_DOSSIER,
    "REMPLACER_PIECE": _DU_DOSSIER,
    "NOTER_PIECE_VUE": _DU_DOSSIER,
    "QUALIFIER_PIECE": frozenset({NatureAttente.PIECE_A_VERIFIER, NatureAttente.PIECE_PERIMEE}),
    "CONSIGNER_EVENEMENT": frozenset({NatureAttente.PIECES, NatureAttente.REPONSE_MENAGE}),
    "DEMANDER_PIECES": frozenset({NatureAttente.PIECES, NatureAttente.REPONSE_MENAGE}),
    "CONSIGNER_DECISION": frozenset({NatureAttente.REPONSE_MENAGE}),
    "CONSIGNER_ATTRIBUTION": frozenset({NatureAttente.REPONSE_MENAGE}),
    "OUVRIR_CAS_DOUBLON": frozenset({NatureAttente.DOUBLON}),
    "CLORE_CAS_DOUBLON": frozenset({NatureAttente.DOUBLON}),
    "CLORE_ENSEMBLE_DOUBLON": frozenset({NatureAttente.ENSEMBLE_DOUBLON}),
    "OUVRIR_ENQUETE": _D_UNE_ENQUETE,
    "CLORE_ENQUETE": _D_UNE_ENQUETE,
    "S_OPPOSER": frozenset({NatureAttente.OPPOSITION}),
    "CONFIER_AVIS": frozenset({NatureAttente.AVIS_A_PORTER}),
    "PORTER_AVIS": frozenset({NatureAttente.AVIS_A_PORTER}),
    "INVALIDER_COURRIEL": frozenset({NatureAttente.COURRIEL_INVALIDE}),
    "VERIFIER_COURRIEL": frozenset({NatureAttente.COURRIEL_INVALIDE}),
    "PREPARER_MESSAGE": _D_UN_MESSAGE,
    "ENVOYER_MESSAGE": _D_UN_MESSAGE,
    "DELIVRER_MESSAGE": _D_UN_MESSAGE,
    "REJETER_MESSAGE": _D_UN_MESSAGE,
}
"""What each act may open or close. Once its rows and its entry are there, the database compares these natures, on the
demande that the entry names, with what is due: nobody else writes there, and an act has nothing to call.
"""


def qui_agit(nature: NatureAttente, *, decide: bool, auteur: bool) -> str:
    """Who is to act: « Vous » for whoever may decide and did not ask."""
    if nature in DECIDEURS:
        return "Vous" if decide and not auteur else DECIDEURS[nature][1]
    return "Le ménage" if nature in DU_MENAGE else "Le guichet"
