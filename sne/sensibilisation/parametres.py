"""Reminders on civil status, campaigns: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresSensibilisation(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    sensibilisation_mois: Duree
    campagne_rappel_jours: Duree
    consigne_petit_nombre: Duree
