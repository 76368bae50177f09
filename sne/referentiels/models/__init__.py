"""Tables of the reference data: the runtime role reads them, a load by the owner role writes them."""

from sne.referentiels.models.attribution import CommissionMediation, Parc
from sne.referentiels.models.chargement import Chargement
from sne.referentiels.models.evenements import PublicPrioritaire, TypeEvenement
from sne.referentiels.models.geographie import (
    CodePostal,
    Commune,
    CommuneRattachee,
    Departement,
    Epci,
    Pays,
    Region,
    Territoire,
)
from sne.referentiels.models.listes import Parametre, Valeur
from sne.referentiels.models.organismes import Guichet, Organisme
from sne.referentiels.models.pieces import TypePiece

__all__ = [
    "Chargement",
    "CodePostal",
    "CommissionMediation",
    "Commune",
    "CommuneRattachee",
    "Departement",
    "Epci",
    "Guichet",
    "Organisme",
    "Parametre",
    "Parc",
    "Pays",
    "PublicPrioritaire",
    "Region",
    "Territoire",
    "TypeEvenement",
    "TypePiece",
    "Valeur",
]
