"""Reads of the attestations: the register, what is left to do, the files, the answer to the public."""

from sne.attestations.selectors.a_traiter import CasATraiter, compter_a_traiter, list_a_traiter
from sne.attestations.selectors.fichiers import (
    get_attestation,
    get_derniere,
    get_lot,
    list_en_vigueur,
    list_parts,
    list_parts_imprimees,
    refaire,
    refaire_lot,
)
from sne.attestations.selectors.registre import (
    AttestationEmise,
    FiltreRegistre,
    Papier,
    RemiseFaite,
    compter_a_remettre,
    compter_registre,
    list_a_remettre,
    list_attestations,
    list_emises,
    list_papiers,
    list_registre,
    list_registre_du_dossier,
)
from sne.attestations.selectors.suites import list_suites
from sne.attestations.selectors.verification import verifier_reference

__all__ = [
    "AttestationEmise",
    "CasATraiter",
    "FiltreRegistre",
    "Papier",
    "RemiseFaite",
    "compter_a_remettre",
    "compter_a_traiter",
    "compter_registre",
    "get_attestation",
    "get_derniere",
    "get_lot",
    "list_a_remettre",
    "list_a_traiter",
    "list_attestations",
    "list_emises",
    "list_en_vigueur",
    "list_papiers",
    "list_parts",
    "list_parts_imprimees",
    "list_registre",
    "list_registre_du_dossier",
    "list_suites",
    "refaire",
    "refaire_lot",
    "verifier_reference",
]
