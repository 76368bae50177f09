"""A full attestation of the tests: every block filled, fictional."""

from typing import Any

from sne.attestations.rules import DonneesCompletes, lire_donnees_completes
from sne.attestations.rules.exemple import EXEMPLE_COMPLET


def donnees_completes(**autres: Any) -> DonneesCompletes:
    """The example, some of its fields replaced."""
    return lire_donnees_completes({**EXEMPLE_COMPLET, **autres})
