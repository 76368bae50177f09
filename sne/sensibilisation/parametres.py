"""Reminders on civil status: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresSensibilisation(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    sensibilisation_mois: Duree
