"""Reads of the lake: what the other subjects of the infocentre call."""

from sne.infocentre.lac.selectors.lecture import (
    Derriere,
    Fraicheur,
    get_debut,
    get_fraicheur,
    get_retard,
    list_derriere,
    recalculer,
    recalculer_par_mois,
    sommer,
    sommer_par_mois,
)

__all__ = [
    "Derriere",
    "Fraicheur",
    "get_debut",
    "get_fraicheur",
    "get_retard",
    "list_derriere",
    "recalculer",
    "recalculer_par_mois",
    "sommer",
    "sommer_par_mois",
]
