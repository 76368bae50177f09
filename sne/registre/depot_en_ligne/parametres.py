"""What is sent online: figures that may change, dated."""

from typing import Annotated

from pydantic import Field

from sne.referentiels.rules import Duree, Groupe

Territoire = Annotated[str, Field(pattern=r"^([0-9]{3}|02[AB])$")]


class ParametresDepotEnLigne(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    depot_verification_jours: Duree
    depot_escalade_jours: Duree
    depot_verrou_minutes: Duree
    depot_conservation_jours: Duree
    depots_en_attente_max: Duree
    depot_rappels_jours: list[Duree]
    brouillon_rappel_jours: Duree
    brouillon_dernier_rappel_jours: Duree
    portail_numero_immediat: list[Territoire]
