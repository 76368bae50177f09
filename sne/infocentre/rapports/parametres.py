"""Reports: thresholds of their cells, readings of their indicators, dated."""

from typing import Literal

from sne.referentiels.rules import Duree, Groupe, Nombre

LectureRetenue = Literal["A", "B"]


class ParametresRapports(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    decision_sans_suite_jours: Duree
    objectif_prioritaires: Nombre
    objectif_quartile_hors_qpv: Nombre
    rapport_denominateur_fragile: Nombre
    rapport_denominateur_minimal: Nombre
    rapport_lectures_mois: Duree
    rapport_secret_etendue: Nombre
    rapport_secret_seuil: Nombre
    tb06_moins_30_lecture: LectureRetenue
    tb06_pgp_lecture: LectureRetenue
    tb06_sans_pj_rfr_affiche: bool
