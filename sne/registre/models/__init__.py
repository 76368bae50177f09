"""Tables of the register. Identity is rows, not text; the past is never rewritten."""

from sne.registre.models.brouillon import Brouillon
from sne.registre.models.cas_doublon import CasDoublon
from sne.registre.models.demande import Demande, PlaceOuverte, RequeteAnteriorite, Version
from sne.registre.models.egalite import ConsigneEgalite
from sne.registre.models.personne import DecisionIdentite, Identite, Personne, SecretNir, TitreAnciennete
from sne.registre.models.radiation import Radiation, Reactivation

__all__ = [
    "Brouillon",
    "CasDoublon",
    "ConsigneEgalite",
    "DecisionIdentite",
    "Demande",
    "Identite",
    "Personne",
    "PlaceOuverte",
    "Radiation",
    "Reactivation",
    "RequeteAnteriorite",
    "SecretNir",
    "TitreAnciennete",
    "Version",
]
