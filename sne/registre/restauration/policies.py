"""Who asks that a demande be put back, and who answers."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur


def can_demander_restauration(acteur: Acteur, *, territoire: str) -> bool:
    """Ask that a demande of an enquiry be put back as it was: the territorial manager."""
    return acteur.peut(Permission.RESTAURATION_DEMANDER, territoire)


def can_restaurer(acteur: Acteur, *, territoire: str) -> bool:
    """Answer somebody who asks that a demande be put back; never oneself, which the act and the database check."""
    return acteur.peut(Permission.RESTAURATION_DECIDER, territoire)
