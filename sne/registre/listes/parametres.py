"""Work lists: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresListes(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    liste_echeance_jours: Duree
    liste_compte_max: Duree
    liste_export_lignes_max: Duree
