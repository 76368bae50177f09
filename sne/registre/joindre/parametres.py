"""Verifying an address, writing to a household: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresJoindre(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    courriel_lien_heures: Duree
    courriel_relances_max: Duree
    courriel_relances_minutes: Duree
    mots_par_jour_max: Duree
