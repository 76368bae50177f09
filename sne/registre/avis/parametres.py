"""Objections to a change that was told: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresAvis(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    opposition_lien_jours: Duree
    opposition_rappel_jours_ouvres: Duree
    opposition_retrait_heures: Duree
    opposition_recu_heures: Duree
