"""The lake: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe, Nombre


class ParametresLac(Groupe):
    """Units and sources are in ``parametres.json``."""

    lac_effacement_jours: Duree
    lac_retard_heures: Duree
    lac_entrees_par_versement: Nombre
