"""Authorisations of helpers: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe, Nombre


class ParametresMandat(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    mandat_acceptation_jours: Duree
    mandat_duree_max_jours: Duree
    mandat_proche_duree_max_jours: Duree
    mandat_proches_max: Nombre
    mandat_proche_aides_max: Nombre
    mandat_invitations_par_jour: Nombre
    mandat_offres_par_jour: Nombre
    mandat_papier_duree_max_jours: Duree
    mandat_jugement_duree_max_jours: Duree
    mandat_actifs_par_aidant_max: Nombre
    mandat_rappel_jours: Duree
    mandat_dernier_rappel_jours: Duree
