"""Codes, delays and bounds of the École: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresEcole(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    ecole_bac_premier: Duree
    ecole_bac_dernier: Duree
    ecole_bac_oubli_jours: Duree
    ecole_avance_jours: Duree
