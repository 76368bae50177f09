"""Who decides whether two demandes are of one household, and which cases they see."""

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.registre.demande.policies import can_balayer, scope_de
from sne.socle.acteur import Acteur


def can_decider_doublon(acteur: Acteur, *, territoire: str) -> bool:
    """Say whether two demandes are of one person: the territorial manager (CCH R441-2-5)."""
    return acteur.peut(Permission.DOUBLON_DECIDER, territoire)


def can_signaler_identite(acteur: Acteur, *, territoire: str) -> bool:
    """Say that a past identity was recognised when somebody signed in: the service alone."""
    return can_balayer(acteur, territoire=territoire)


def scope_des_cas(acteur: Acteur) -> Q:
    """Cases and sets of duplicates that the actor may see: where they decide."""
    return scope_de(acteur, Permission.DOUBLON_DECIDER)
