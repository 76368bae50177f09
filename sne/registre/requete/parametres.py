"""Changes asked of a counter online: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresRequete(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    requete_prise_jours: Duree
    requete_garde_jours: Duree
    requete_silence_jours: Duree
    requete_rappel_jours: Duree
