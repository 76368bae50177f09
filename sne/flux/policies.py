"""Who reads the feed of a territory: predicates on the actor."""

from sne.conventions.models import Convention
from sne.conventions.policies import can_noter, mandat_pour_arreter
from sne.flux.rules.types import Serie
from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_lire(acteur: Acteur, territoire: str, serie: Serie) -> bool:
    """Read a series of a territory; that of the DALO, for who reads the DALO of its demandes too."""
    exigees = {Permission.FLUX_LIRE} | ({Permission.DALO_LIRE} if serie is Serie.DALO else set())
    return all(_tient(acteur, permission, territoire) for permission in exigees)


def can_renvoyer(acteur: Acteur, convention: Convention, territoire: str) -> bool:
    """Have a line delivered again: the software itself, and who may stop it in that territory."""
    return can_noter(convention, acteur) or mandat_pour_arreter(acteur, {territoire}) is not None


def _tient(acteur: Acteur, permission: Permission, territoire: str) -> bool:
    territoires = acteur.territoires(permission)
    return territoires is None or territoire in territoires
