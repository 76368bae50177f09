"""Reading a file and its history: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresLecture(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    historique_copie_lignes_max: Duree
    dossier_ouvert_minutes: Duree
