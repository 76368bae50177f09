"""Who registers and examines separations."""

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_deposer, can_modifier, scope_de
from sne.socle.acteur import Acteur


def can_separer(acteur: Acteur, demande: Demande, *, guichet: str) -> bool:
    """Register a person who leaves a demande: a counter that may register, and may change the file that they leave."""
    return can_deposer(acteur, territoire=demande.territoire, guichet=guichet) and can_modifier(
        acteur, demande
    )


def can_decider_separation(acteur: Acteur, *, territoire: str) -> bool:
    """Examine separations, read the link of a secret one, say whether seniority is inherited: the GT."""
    return acteur.peut(Permission.SEPARATION_DECIDER, territoire)


def can_lever_protection(acteur: Acteur, *, territoire: str) -> bool:
    """Say that a demande need not be kept secret any longer: the GT, who may read the link of a secret separation."""
    return can_decider_separation(acteur, territoire=territoire)


def scope_des_separations(acteur: Acteur) -> Q:
    """Separations that the actor may examine."""
    return scope_de(acteur, Permission.SEPARATION_DECIDER)
