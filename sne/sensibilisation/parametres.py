"""Reminders on civil status."""

from sne.referentiels.rules import Duree, Groupe


class ParametresSensibilisation(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    sensibilisation_mois: Duree
