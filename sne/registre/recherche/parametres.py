"""Finding a demande: figures that may change, dated."""

from typing import Annotated

from pydantic import Field

from sne.referentiels.rules import Duree, Groupe


class ParametresRecherche(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    seuil_trigramme: Annotated[float, Field(gt=0, le=1)]
    recherche_resultats_max: Duree
    recherche_lettres_min: Duree
    recherche_suggestions_max: Duree
    recherche_periode_max_jours: Duree
    recherche_numeros_max: Duree
