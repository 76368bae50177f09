"""Writes of the attestations: issue, print, hand over, end a case by hand. Each checks, writes, tells the journal."""

from sne.attestations.actions.emettre import emettre_attestation
from sne.attestations.actions.imprimer import imprimer_lot, ouvrir_lot
from sne.attestations.actions.remettre import FichierRemis, consigner_remises, ouvrir_attestation
from sne.attestations.actions.traiter import traiter_attestation

__all__ = [
    "FichierRemis",
    "consigner_remises",
    "emettre_attestation",
    "imprimer_lot",
    "ouvrir_attestation",
    "ouvrir_lot",
    "traiter_attestation",
]
