"""RPLS: figures that may change, dated."""

from sne.referentiels.rules import Groupe, Part


class ParametresRpls(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    rpls_rejets_part_max: Part
