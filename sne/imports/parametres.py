"""Imports of vendors: sizes and retention, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresImports(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    import_octets_max: Duree
    import_octets_deplies_max: Duree
    import_ligne_octets_max: Duree
    import_lignes_max: Duree
    import_contenu_jours: Duree
    import_rapport_jours: Duree
