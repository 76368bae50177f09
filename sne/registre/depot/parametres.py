"""Filing: figures that may change, dated."""

from sne.referentiels.rules import Groupe, Nombre


class ParametresDepot(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    depot_anterieur_max_jours: Nombre
