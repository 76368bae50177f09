"""The site: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresSite(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    site_brouillon_jours: Duree
    site_avis_par_heure: Duree
