"""The feed of vendors: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresFlux(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    flux_conservation_mois: Duree
    flux_retard_heures: Duree
    flux_attentes_par_processus: Duree
    flux_abonnements_max: Duree
    flux_secret_heures: Duree
    flux_livraisons_jours: Duree
