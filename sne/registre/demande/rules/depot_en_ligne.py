"""States of what a household sends online before it is a demande, and the only moves between them. Pure.

CCH R441-2-3: a demande is dated of the day on which it was received. What is sent online is received on that day, and
becomes a demande once somebody has read the document of identity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE


class StatutDepot(StrEnum):
    """Where a deposit made online stands."""

    A_VALIDER = "A_VALIDER"
    VALIDEE = "VALIDEE"
    INVALIDEE = "INVALIDEE"
    DEJA_ENREGISTREE = "DEJA_ENREGISTREE"


class TransitionDepot(StrEnum):
    """What may happen to one."""

    VALIDER = "VALIDER"
    DEMANDER = "DEMANDER"
    REFUSER = "REFUSER"
    RECONNAITRE = "RECONNAITRE"
    COMPLETER = "COMPLETER"


class MotifInvalidite(StrEnum):
    """Why no number was given. A document is asked for again, or nothing more is expected."""

    ILLISIBLE = "ILLISIBLE"
    AUTRE_PERSONNE = "AUTRE_PERSONNE"
    PERIMEE = "PERIMEE"
    FACE_MANQUANTE = "FACE_MANQUANTE"
    TITRE_DE_SEJOUR = "TITRE_DE_SEJOUR"
    ABSENTE = "ABSENTE"
    MINEUR = "MINEUR"
    RENONCE = "RENONCE"
    FICTIF = "FICTIF"


@dataclass(frozen=True, slots=True)
class Raison:
    """One reason: as an agent chooses it, and as the household reads it."""

    libelle: str
    phrase: str


DOCUMENTS: Mapping[MotifInvalidite, Raison] = MappingProxyType(
    {
        MotifInvalidite.ILLISIBLE: Raison(
            "La photo n’est pas lisible", "La photo de votre pièce d’identité n’est pas lisible."
        ),
        MotifInvalidite.AUTRE_PERSONNE: Raison(
            "La pièce est celle d’une autre personne", "La pièce envoyée n’est pas à votre nom."
        ),
        MotifInvalidite.PERIMEE: Raison(
            "La pièce est périmée depuis trop longtemps",
            "Votre pièce d’identité est périmée depuis trop longtemps.",
        ),
        MotifInvalidite.FACE_MANQUANTE: Raison(
            "Il manque le recto ou le verso", "Il manque une face de votre pièce d’identité."
        ),
        MotifInvalidite.TITRE_DE_SEJOUR: Raison(
            "Il manque le titre de séjour", "Il manque la photo de votre titre de séjour."
        ),
        MotifInvalidite.ABSENTE: Raison(
            "Aucune pièce d’identité n’a été envoyée", "Il manque la photo de votre pièce d’identité."
        ),
    }
)
"""A document is asked for; the only ones that may be, before the number (CCH R441-2-3)."""
REFUS: Mapping[MotifInvalidite, Raison] = MappingProxyType(
    {
        MotifInvalidite.MINEUR: Raison(
            "La personne a moins de 18 ans et n’est pas émancipée",
            "Il faut avoir 18 ans pour demander en ligne. En cas d’émancipation, un guichet enregistre votre demande.",
        ),
        MotifInvalidite.RENONCE: Raison(
            "La personne ne veut plus déposer cette demande",
            "Vous avez dit à un guichet que vous ne vouliez plus déposer cette demande.",
        ),
        MotifInvalidite.FICTIF: Raison(
            "L’envoi n’est celui de personne (essai, identité inventée)",
            "Un guichet n’a pas pu reconnaître de personne dans cet envoi.",
        ),
    }
)
"""Nothing more is expected: no document would give a number."""

MOUVEMENTS: Mapping[tuple[StatutDepot, TransitionDepot], StatutDepot] = MappingProxyType(
    {
        (StatutDepot.A_VALIDER, TransitionDepot.VALIDER): StatutDepot.VALIDEE,
        (StatutDepot.A_VALIDER, TransitionDepot.DEMANDER): StatutDepot.INVALIDEE,
        (StatutDepot.A_VALIDER, TransitionDepot.REFUSER): StatutDepot.INVALIDEE,
        (StatutDepot.A_VALIDER, TransitionDepot.RECONNAITRE): StatutDepot.DEJA_ENREGISTREE,
        (
            StatutDepot.A_VALIDER,
            TransitionDepot.COMPLETER,
        ): StatutDepot.A_VALIDER,  # as long as it has no picture
        (StatutDepot.INVALIDEE, TransitionDepot.COMPLETER): StatutDepot.A_VALIDER,
        # The person comes to a counter with the document that was asked for: the date of sending is kept.
        (StatutDepot.INVALIDEE, TransitionDepot.VALIDER): StatutDepot.VALIDEE,
        (StatutDepot.INVALIDEE, TransitionDepot.RECONNAITRE): StatutDepot.DEJA_ENREGISTREE,
    }
)
"""(state, what happens) → state after; the rest is refused."""
PHRASES: Mapping[StatutDepot, str] = MappingProxyType(
    {
        StatutDepot.A_VALIDER: f"Cette demande en ligne attend une vérification{INSECABLE}: rien d’autre n’est attendu "
        "de la personne.",
        StatutDepot.VALIDEE: "Cette demande en ligne est déjà enregistrée. Ouvrez-la par son numéro.",
        StatutDepot.INVALIDEE: "Cette demande en ligne a déjà été refusée, ou attend un document.",
        StatutDepot.DEJA_ENREGISTREE: "Cette demande en ligne est déjà rapprochée d’une demande enregistrée.",
    }
)


def next_statut_depot(statut: StatutDepot, transition: TransitionDepot, *, motif: str = "") -> StatutDepot:
    """State after ``transition``. ``motif``: why it is ``INVALIDEE``; a refusal expects no document.

    Raises ``Interdit``.
    """
    suivant = MOUVEMENTS.get((statut, transition))
    if suivant is None or motif in REFUS:
        raise Interdit(PHRASES[statut], champ="statut")
    return suivant


def dire_raison(motif: str) -> str:
    """Why no number was given, as the household reads it; empty when there is no reason."""
    raisons = {**DOCUMENTS, **REFUS}
    return raisons[MotifInvalidite(motif)].phrase if motif else ""


def is_completable(statut: str, motif: str) -> bool:
    """Whether another document, sent or shown, would give a number."""
    return statut == StatutDepot.INVALIDEE and motif in DOCUMENTS


def attend_une_piece(statut: str, motif: str, pieces: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a picture of the document of identity may be sent: none was, or another one is asked for."""
    sans = all(piece.get("remplacee") for piece in pieces)
    return is_completable(statut, motif) or (statut == StatutDepot.A_VALIDER and sans)
