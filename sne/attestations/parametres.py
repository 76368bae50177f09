"""Attestations: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresAttestations(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    lot_attestations_max: Duree
    attestation_delai_mois: Duree
