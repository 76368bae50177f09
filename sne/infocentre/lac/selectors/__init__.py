"""Reads of the lake: what the other subjects of the infocentre call."""

from sne.infocentre.lac.disque import pourquoi
from sne.infocentre.lac.selectors.fichiers import list_debuts_propres
from sne.infocentre.lac.selectors.lecture import (
    Derriere,
    Fraicheur,
    Relues,
    Sceau,
    a_efface,
    get_avancement,
    get_debut,
    get_fraicheur,
    get_retard,
    get_sceau,
    list_derriere,
    recalculer,
    relire,
    sommer,
    sommer_par_mois,
)

__all__ = [
    "Derriere",
    "Fraicheur",
    "Relues",
    "Sceau",
    "a_efface",
    "get_avancement",
    "get_debut",
    "get_fraicheur",
    "get_retard",
    "get_sceau",
    "list_debuts_propres",
    "list_derriere",
    "pourquoi",
    "recalculer",
    "relire",
    "sommer",
    "sommer_par_mois",
]
