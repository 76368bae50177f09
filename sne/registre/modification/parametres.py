"""Drafts: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresModification(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    brouillon_conservation_jours: Duree
