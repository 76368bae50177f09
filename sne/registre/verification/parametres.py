"""How much one pass of the night checks, and what is sure enough: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresVerification(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    verification_demandes_par_passage: Duree
    verification_certitude_pour_cent: Duree
