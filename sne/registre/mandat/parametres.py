"""Authorisations of helpers: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe, Nombre


class ParametresMandat(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    mandat_acceptation_jours: Duree
    mandat_duree_max_jours: Duree
    mandat_papier_duree_max_jours: Duree
    mandat_jugement_duree_max_jours: Duree
    mandat_actifs_par_aidant_max: Nombre
    mandat_rappel_jours: Duree
    mandat_dernier_rappel_jours: Duree
