"""An adult leaves a household."""

from sne.referentiels.rules import Groupe, Nombre


class ParametresSeparation(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    separation_nommee_depuis_jours: Nombre
