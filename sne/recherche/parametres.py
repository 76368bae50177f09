"""The search: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresRechercheEditoriale(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    recherche_sans_suite_jours: Duree
    recherche_sans_suite_jours_distincts: Duree
    recherche_par_minute: Duree
    recherche_reseau_par_minute: Duree
    recherche_propositions_par_seconde: Duree
