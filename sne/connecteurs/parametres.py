"""The services of the State: switched off where and when, and how they are spared: figures that may change, dated."""

from typing import Annotated, Literal

from pydantic import Field

from sne.referentiels.rules import Duree, Groupe, Nombre

Extinction = Annotated[
    str,
    Field(
        pattern=r"^(BAN|ENTREPRISES|DRM|\*)(:([0-9]{3}|02[AB]|\*)(:(guichet|portail|interface|nuit|\*))?)?$"
    ),
]


class ParametresConnecteurs(Groupe):
    """Units are in the names; labels, sources and values in ``parametres.json``."""

    connecteurs_eteints: list[Extinction]
    adresses_source: Literal["SERVICE", "INDEX"]
    connecteur_echecs_de_suite: Duree
    connecteur_suspension_secondes: Duree
    connecteur_attente_max_secondes: Duree
    connecteur_memoire_heures: Nombre
