"""Watching counters: figures that may change, dated."""

from sne.referentiels.rules import Duree, Fraction, Groupe, Nombre, Part, Score


class ParametresSuivi(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    suivi_anciennete_mois: Duree
    alerte_guichet_nombre: Duree
    alerte_guichet_rapport: Score
    alerte_guichet_hasard: Part
    alerte_guichet_reponse_jours: Duree
    entonnoir_mois: Duree
    entonnoir_dossiers_min: Nombre
    entonnoir_guichets_min: Duree
    entonnoir_niveau: Fraction
    entonnoir_plafond: Fraction
    entonnoir_limite_interieure: Fraction
    entonnoir_limite_exterieure: Fraction
