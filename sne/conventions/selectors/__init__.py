"""Reads of agreements: who calls, what a person may see of them."""

from sne.conventions.selectors.appelants import (
    AccesRefuse,
    Identite,
    par_certificat,
    par_cle,
    par_lignes,
    reglages_de,
)
from sne.conventions.selectors.echanges import get_echange
from sne.conventions.selectors.page import ConventionLue, get_page, list_appels, list_conventions
from sne.conventions.selectors.reponses import ReponseLue, lire_reponse

__all__ = [
    "AccesRefuse",
    "ConventionLue",
    "Identite",
    "ReponseLue",
    "get_echange",
    "get_page",
    "lire_reponse",
    "list_appels",
    "list_conventions",
    "par_certificat",
    "par_cle",
    "par_lignes",
    "reglages_de",
]
