"""Tables of agreements: what was agreed, what lets a software in, what it called."""

from sne.conventions.models.acces import Certificat, Cle
from sne.conventions.models.appels import Appel, Cadence, Echange
from sne.conventions.models.conventions import Arret, Convention, PorteeOuverte
from sne.conventions.models.reponses import ReponseGardee
from sne.conventions.models.usages import Alerte, Usage

__all__ = [
    "Alerte",
    "Appel",
    "Arret",
    "Cadence",
    "Certificat",
    "Cle",
    "Convention",
    "Echange",
    "PorteeOuverte",
    "ReponseGardee",
    "Usage",
]
