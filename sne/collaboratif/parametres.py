"""The shared spaces: figures that may change, dated."""

from sne.referentiels.rules import Duree, Groupe


class ParametresCollaboratif(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    contribution_libre_minutes: Duree
    question_sans_reponse_jours_ouvres: Duree
    espace_efface_mois: Duree
    questionnaire_seuil: Duree
    questionnaire_lot: Duree
    docs_hotes: list[str]
