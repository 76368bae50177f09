"""Who registers besides a counter, decides on earlier dates, records equal treatment."""

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.registre.demande.policies import Situee, scope_de
from sne.socle.acteur import Acteur, Canal


def can_reprendre(acteur: Acteur, *, territoire: str) -> bool:
    """Take over the applications of a former system: the system itself, with a mandate over the whole territory."""
    return acteur.canal is Canal.SYSTEME and acteur.peut(Permission.DEMANDE_DEPOSER, territoire)


def can_consigner_egalite(acteur: Acteur, demande: Situee) -> bool:
    """Record what the household was told and handed: those who may change the file, at any counter of the territory."""
    return acteur.peut(Permission.DEMANDE_MODIFIER, demande.territoire)


def can_decider_anteriorite(acteur: Acteur, demande: Situee) -> bool:
    """Answer a counter that asked for an earlier reception date: the GT."""
    return acteur.peut(Permission.ANTERIORITE_DECIDER, demande.territoire)


def scope_des_anteriorites(acteur: Acteur) -> Q:
    """Earlier reception dates that the actor may grant or refuse: the GT's."""
    return scope_de(acteur, Permission.ANTERIORITE_DECIDER)
