"""What the feed tells of each kind of act. Pure.

What readers may not know of (health, enquiries, attempts, mere reads) has no type: it is in no series. What the DALO
says is a series of its own, for who holds the scope.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from sne.journal.rules import Verbe


class Serie(StrEnum):
    """A numbered sequence of lines of one territory."""

    DEMANDES = "demandes"
    DALO = "dalo"


class Type(StrEnum):
    """What a line tells. Readers take the list for open."""

    DEMANDE_ENREGISTREE = "demande.enregistree"
    DEMANDE_MODIFIEE = "demande.modifiee"
    DEMANDE_RENOUVELEE = "demande.renouvelee"
    DEMANDE_EXPIREE = "demande.expiree"
    DEMANDE_RADIEE = "demande.radiee"
    DEMANDE_REACTIVEE = "demande.reactivee"
    DEMANDE_ANNULEE = "demande.annulee"
    DEMANDE_RETABLIE = "demande.retablie"
    DEMANDE_EFFACEE = "demande.effacee"
    DEMANDE_RESTAUREE = "demande.restauree"
    DEMANDE_SEPAREE = "demande.separee"
    IDENTITE_EN_ATTENTE = "identite.en_attente"
    IDENTITE_VALIDEE = "identite.validee"
    IDENTITE_REFUSEE = "identite.refusee"
    IDENTITE_RETIREE = "identite.retiree"
    PIECE_AJOUTEE = "piece.ajoutee"
    PIECE_QUALIFIEE = "piece.qualifiee"
    ATTESTATION_EMISE = "attestation.emise"
    EVENEMENT_CONSIGNE = "evenement.consigne"
    EVENEMENT_CORRIGE = "evenement.corrige"
    EVENEMENT_RETIRE = "evenement.retire"
    DECISION_CONSIGNEE = "decision.consignee"
    ATTRIBUTION_CONSIGNEE = "attribution.consignee"
    GEL_POSE = "gel.pose"
    GEL_LEVE = "gel.leve"
    RESSOURCES_ACTUALISEES = "ressources.actualisees"
    DALO_CONSIGNE = "dalo.consigne"


TYPES: Mapping[str, Type] = MappingProxyType(
    {
        "DEPOSER": Type.DEMANDE_ENREGISTREE,
        "REPRENDRE": Type.DEMANDE_ENREGISTREE,
        "MODIFIER": Type.DEMANDE_MODIFIEE,
        "DECIDER_ANTERIORITE": Type.DEMANDE_MODIFIEE,
        "RENOUVELER": Type.DEMANDE_RENOUVELEE,
        "EXPIRER": Type.DEMANDE_EXPIREE,
        "RADIER": Type.DEMANDE_RADIEE,
        "REACTIVER": Type.DEMANDE_REACTIVEE,
        "ANNULER": Type.DEMANDE_ANNULEE,
        "RETABLIR": Type.DEMANDE_RETABLIE,
        "PURGER": Type.DEMANDE_EFFACEE,
        "RESTAURER": Type.DEMANDE_RESTAUREE,
        "SEPARER": Type.DEMANDE_SEPAREE,
        "PROPOSER_IDENTITE": Type.IDENTITE_EN_ATTENTE,
        "VALIDER_IDENTITE": Type.IDENTITE_VALIDEE,
        "REFUSER_IDENTITE": Type.IDENTITE_REFUSEE,
        "ANNULER_IDENTITE": Type.IDENTITE_RETIREE,
        "EXPIRER_IDENTITE": Type.IDENTITE_RETIREE,
        "JOINDRE_PIECE": Type.PIECE_AJOUTEE,
        "REMPLACER_PIECE": Type.PIECE_AJOUTEE,
        "NOTER_PIECE_VUE": Type.PIECE_AJOUTEE,
        "QUALIFIER_PIECE": Type.PIECE_QUALIFIEE,
        "DETRUIRE_PIECE": Type.PIECE_QUALIFIEE,
        "EMETTRE_ATTESTATION": Type.ATTESTATION_EMISE,
        "CONSIGNER_EVENEMENT": Type.EVENEMENT_CONSIGNE,
        "DEMANDER_PIECES": Type.EVENEMENT_CONSIGNE,
        "CONSIGNER_DECISION": Type.DECISION_CONSIGNEE,
        "CONSIGNER_ATTRIBUTION": Type.ATTRIBUTION_CONSIGNEE,
        "GELER": Type.GEL_POSE,
        "LEVER_GEL": Type.GEL_LEVE,
        "DEMANDER_RESSOURCES": Type.RESSOURCES_ACTUALISEES,
        "CONSIGNER_DALO": Type.DALO_CONSIGNE,
    }
)
"""By code of the kind of act: some are of modules that this one does not know."""


def suivis() -> frozenset[Verbe]:
    """The kinds of act that the feed tells. Raises ``KeyError`` when nobody declares one of them."""
    return frozenset(Verbe.tous()[code] for code in TYPES)


def type_de(verbe: str, faits: Mapping[str, object]) -> Type:
    """What a line tells of an act; an event recorded again is told as corrected or taken back."""
    type_ = TYPES[verbe]
    if type_ is Type.EVENEMENT_CONSIGNE and "remplace" in faits:
        return Type.EVENEMENT_RETIRE if faits.get("retrait") else Type.EVENEMENT_CORRIGE
    return type_


def serie_de(type_: Type) -> Serie:
    """The series that a line is of."""
    return Serie.DALO if type_ is Type.DALO_CONSIGNE else Serie.DEMANDES
