"""What attestations say, how their reference is made and read, and what their public check answers. Pure."""

from sne.attestations.rules.modeles import (
    AttestationAEtablir,
    DonneesInvalides,
    EtatVerification,
    FichierDifferent,
    GlypheManquant,
    Modele,
    MotifATraiter,
    ReferenceInvalide,
)
from sne.attestations.rules.mots import NBSP, date_abregee, grouper_numero, mention_validite
from sne.attestations.rules.reference import (
    ALPHABET_REFERENCE,
    LONGUEUR_REFERENCE,
    grouper_reference,
    lire_reference,
    tirer_reference,
)
from sne.attestations.rules.simplifiee import (
    EXEMPLE,
    DonneesAttestation,
    completer_exemple,
    lire_donnees,
    presenter,
)
from sne.attestations.rules.verification import Verification, motif_de_refus, verifier

__all__ = [
    "ALPHABET_REFERENCE",
    "EXEMPLE",
    "LONGUEUR_REFERENCE",
    "NBSP",
    "AttestationAEtablir",
    "DonneesAttestation",
    "DonneesInvalides",
    "EtatVerification",
    "FichierDifferent",
    "GlypheManquant",
    "Modele",
    "MotifATraiter",
    "ReferenceInvalide",
    "Verification",
    "completer_exemple",
    "date_abregee",
    "grouper_numero",
    "grouper_reference",
    "lire_donnees",
    "lire_reference",
    "mention_validite",
    "motif_de_refus",
    "presenter",
    "tirer_reference",
    "verifier",
]
