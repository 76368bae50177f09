"""Reads of the reference data, kept in the process: every module asks here, none reads the tables."""

from sne.referentiels.selectors.attribution import list_bailleurs, list_commissions
from sne.referentiels.selectors.evenements import get_publics, get_types_evenement
from sne.referentiels.selectors.geographie import get_fuseau, get_geographie, get_territoire
from sne.referentiels.selectors.guichets import (
    get_guichet,
    get_nom_organisme,
    list_bailleurs_nommes,
    list_fiches,
    list_guichets,
    list_organismes,
)
from sne.referentiels.selectors.instantanes import oublier
from sne.referentiels.selectors.listes import get_nomenclatures, get_parametres, list_valeurs
from sne.referentiels.selectors.pieces import get_pieces

__all__ = [
    "get_fuseau",
    "get_geographie",
    "get_guichet",
    "get_nom_organisme",
    "get_nomenclatures",
    "get_parametres",
    "get_pieces",
    "get_publics",
    "get_territoire",
    "get_types_evenement",
    "list_bailleurs",
    "list_bailleurs_nommes",
    "list_commissions",
    "list_fiches",
    "list_guichets",
    "list_organismes",
    "list_valeurs",
    "oublier",
]
