"""Reads of agreements: who calls, what a person may see of them."""

from sne.conventions.selectors.appelants import (
    AccesRefuse,
    Identite,
    ensemble,
    get_reglages,
    par_certificat,
    par_cle,
)
from sne.conventions.selectors.echanges import EchangeLu, get_echange

__all__ = [
    "AccesRefuse",
    "EchangeLu",
    "Identite",
    "ensemble",
    "get_echange",
    "get_reglages",
    "par_certificat",
    "par_cle",
]
