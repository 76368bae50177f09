"""Tables of accounts and roles: who signs in, what they hold, what they were told of it."""

from sne.habilitations.models.appareils import Appareil
from sne.habilitations.models.carences import Carence
from sne.habilitations.models.comptes import Compte, Habilitation
from sne.habilitations.models.departs import Depart
from sne.habilitations.models.inactivite import AvisInactivite
from sne.habilitations.models.revues import (
    CampagneRevue,
    LigneRevue,
    Reduction,
    ReleveUsages,
    ReponseRevue,
    RythmeRevue,
    Suspension,
    UsageDroit,
)

__all__ = [
    "Appareil",
    "AvisInactivite",
    "CampagneRevue",
    "Carence",
    "Compte",
    "Depart",
    "Habilitation",
    "LigneRevue",
    "Reduction",
    "ReleveUsages",
    "ReponseRevue",
    "RythmeRevue",
    "Suspension",
    "UsageDroit",
]
