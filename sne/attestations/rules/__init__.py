"""What attestations say, how their reference is made and read, and what their public check answers. Pure."""

from collections.abc import Mapping
from typing import Any

from sne.attestations.rules.complete import (
    COMPLETES,
    CommuneDemandee,
    Documents,
    DonneesCompletes,
    Mediation,
    Rubrique,
    Service,
    lire_donnees_completes,
    presenter_complete,
)
from sne.attestations.rules.document import horodatage
from sne.attestations.rules.exemple import completer_exemple_complet
from sne.attestations.rules.modeles import (
    LIBELLES_MODELE,
    AttestationAEtablir,
    DonneesInvalides,
    EtatVerification,
    FichierDifferent,
    GlypheManquant,
    Modele,
    MotifATraiter,
    ReferenceInvalide,
)
from sne.attestations.rules.mots import date_abregee, date_longue, grouper_numero, mention_validite
from sne.attestations.rules.personnes import dit_encore, personnes_dites
from sne.attestations.rules.reference import (
    ALPHABET_REFERENCE,
    LONGUEUR_REFERENCE,
    grouper_reference,
    lire_reference,
    tirer_reference,
)
from sne.attestations.rules.remise import (
    CANAUX_CONSIGNES,
    LIBELLES_CANAL_REMISE,
    LIBELLES_ETAT_REMISE,
    PIECE,
    CanalRemise,
    EnvoiConnu,
    EtatRemise,
    canal_prevu,
    etat_de,
    refus_de_remise,
    reste_a_remettre,
)
from sne.attestations.rules.resume import HORS_SIGNES, Lecture, resumer
from sne.attestations.rules.simplifiee import (
    EXEMPLE,
    DonneesAttestation,
    completer_exemple,
    lire_donnees,
    presenter,
)
from sne.attestations.rules.verification import Verification, motif_de_refus, refus_du_jour, verifier

type Donnees = DonneesAttestation | DonneesCompletes


def lire_stockees(modele: str, brut: Mapping[str, Any]) -> Donnees:
    """The data of an attestation as they were stored with it. Raises ``DonneesInvalides``."""
    return lire_donnees(brut) if modele == Modele.SIMPLIFIEE else lire_donnees_completes(dict(brut))


__all__ = [
    "ALPHABET_REFERENCE",
    "CANAUX_CONSIGNES",
    "COMPLETES",
    "EXEMPLE",
    "HORS_SIGNES",
    "LIBELLES_CANAL_REMISE",
    "LIBELLES_ETAT_REMISE",
    "LIBELLES_MODELE",
    "LONGUEUR_REFERENCE",
    "PIECE",
    "AttestationAEtablir",
    "CanalRemise",
    "CommuneDemandee",
    "Documents",
    "Donnees",
    "DonneesAttestation",
    "DonneesCompletes",
    "DonneesInvalides",
    "EnvoiConnu",
    "EtatRemise",
    "EtatVerification",
    "FichierDifferent",
    "GlypheManquant",
    "Lecture",
    "Mediation",
    "Modele",
    "MotifATraiter",
    "ReferenceInvalide",
    "Rubrique",
    "Service",
    "Verification",
    "canal_prevu",
    "completer_exemple",
    "completer_exemple_complet",
    "date_abregee",
    "date_longue",
    "dit_encore",
    "etat_de",
    "grouper_numero",
    "grouper_reference",
    "horodatage",
    "lire_donnees",
    "lire_donnees_completes",
    "lire_reference",
    "lire_stockees",
    "mention_validite",
    "motif_de_refus",
    "personnes_dites",
    "presenter",
    "presenter_complete",
    "refus_de_remise",
    "refus_du_jour",
    "reste_a_remettre",
    "resumer",
    "tirer_reference",
    "verifier",
]
