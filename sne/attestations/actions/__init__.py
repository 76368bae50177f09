"""Writes of the attestations: issue, print, send, hand over, end a case by hand; each told to the journal."""

from sne.attestations.actions.emettre import emettre_attestation, modele_en_cours
from sne.attestations.actions.expedier import (
    PIECE,
    consigner_envoi,
    expedier_attestation,
    rendre_au_guichet,
)
from sne.attestations.actions.historique import imprimer_historique
from sne.attestations.actions.imprimer import imprimer_lot, ouvrir_lot
from sne.attestations.actions.remettre import FichierRemis, consigner_remises, ouvrir_attestation
from sne.attestations.actions.traiter import traiter_attestation

__all__ = [
    "PIECE",
    "FichierRemis",
    "consigner_envoi",
    "consigner_remises",
    "emettre_attestation",
    "expedier_attestation",
    "imprimer_historique",
    "imprimer_lot",
    "modele_en_cours",
    "ouvrir_attestation",
    "ouvrir_lot",
    "rendre_au_guichet",
    "traiter_attestation",
]
