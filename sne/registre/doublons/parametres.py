"""The same household twice: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe, Score


class ParametresDoublons(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    seuil_doublon_proposition: Score
    seuil_doublon_justification: Score
    seuil_ancien_ailleurs: Score
    doublon_cle_commune: Duree
