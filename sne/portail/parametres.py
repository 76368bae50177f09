"""What is asked from the public site: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresPortail(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    verification_rafale: Duree
    verification_secondes: Duree
