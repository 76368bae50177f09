"""Monthly resources: figures and words that may change, dated."""

from typing import Annotated, Literal

from pydantic import Field

from sne.referentiels.rules import Duree, Groupe, Part

JourDuMois = Annotated[int, Field(ge=1, le=28)]


class ParametresRessources(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    ressources_mots_sans_donnee: Literal["NON_TRANSMISE", "NON_COMMUNIQUEE"]
    ressources_ecart_habituel_de: Part
    ressources_ecart_habituel_a: Part
    ressources_jour_d_arrivee: JourDuMois
    ressources_redemander_minutes: Duree
    ressources_conservation_mois: Duree
