"""An adult leaves a household: figures that may change, dated."""

from sne.referentiels.rules import Groupe, Nombre


class ParametresSeparation(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    separation_nommee_depuis_jours: Nombre
