"""Who opens, reads and ends enquiries, and lifts freezes."""

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.registre.demande.policies import scope_de
from sne.socle.acteur import Acteur


def can_ouvrir_enquete(acteur: Acteur, *, territoire: str) -> bool:
    """Open an enquiry there, add to it, end it, freeze its files, ask that a freeze be lifted: the GT, the DPO."""
    return acteur.peut(Permission.ENQUETE_OUVRIR, territoire)


def can_lire_enquetes(acteur: Acteur, *, territoire: str) -> bool:
    """Know of the enquiries of a territory: nobody at a counter."""
    return acteur.peut(Permission.ENQUETE_LIRE, territoire)


def can_lever_gel(acteur: Acteur, *, territoire: str) -> bool:
    """Answer a request to lift a freeze; never one's own, which the action and the database check."""
    return acteur.peut(Permission.GEL_LEVER, territoire)


def scope_des_enquetes(acteur: Acteur, vers: str = "") -> Q:
    """Enquiries that the actor may see; nobody at a counter sees any. ``vers``: path to the row that says where."""
    return scope_de(acteur, Permission.ENQUETE_LIRE, vers)
