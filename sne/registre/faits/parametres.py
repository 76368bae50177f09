"""Facts of a demande: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresFaits(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    attributions_sous_condition_min: Duree
