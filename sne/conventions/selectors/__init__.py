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
from sne.conventions.selectors.reponses import ReponseLue, get_reponse

__all__ = [
    "AccesRefuse",
    "EchangeLu",
    "Identite",
    "ReponseLue",
    "ensemble",
    "get_echange",
    "get_reglages",
    "get_reponse",
    "par_certificat",
    "par_cle",
]
