"""Tables of accounts and roles: who signs in, what they hold, what they were told of it."""

from sne.habilitations.models.carences import Carence
from sne.habilitations.models.comptes import Compte, GestionDesComptes, Habilitation
from sne.habilitations.models.departs import Depart
from sne.habilitations.models.inactivite import AvisInactivite

__all__ = ["AvisInactivite", "Carence", "Compte", "Depart", "GestionDesComptes", "Habilitation"]
