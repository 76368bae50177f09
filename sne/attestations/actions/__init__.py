"""Writes of the attestations: issue, print, send, hand over, end a case by hand; each told to the journal."""

from sne.attestations.actions.emettre import emettre_attestation, modele_en_cours, revoir_attestations
from sne.attestations.actions.expedier import expedier_attestation, tenir_la_liste
from sne.attestations.actions.historique import imprimer_historique, imprimer_son_historique
from sne.attestations.actions.imprimer import imprimer_lot, ouvrir_lot
from sne.attestations.actions.remettre import consigner_remises, ouvrir_attestation, remettre_en_main_propre
from sne.attestations.actions.traiter import traiter_attestation

__all__ = [
    "consigner_remises",
    "emettre_attestation",
    "expedier_attestation",
    "imprimer_historique",
    "imprimer_lot",
    "imprimer_son_historique",
    "modele_en_cours",
    "ouvrir_attestation",
    "ouvrir_lot",
    "remettre_en_main_propre",
    "revoir_attestations",
    "tenir_la_liste",
    "traiter_attestation",
]
