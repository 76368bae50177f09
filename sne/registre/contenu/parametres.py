"""The form: what it warns about, how much it takes: figures that may change, dated."""

from typing import Annotated

from pydantic import Field

from sne.referentiels.rules import Duree, Groupe, Nombre


class ParametresContenu(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    localisations_max_ecran: Duree
    motifs_max_ecran: Duree
    age_minimum_avertissement: Nombre
    age_maximum_avertissement: Nombre
    naissance_prevue_max_mois: Duree
    baisse_revenus_pourcent: Annotated[int, Field(ge=0, le=100)]
