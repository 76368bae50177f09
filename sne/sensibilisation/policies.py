"""Who reads the reminder and answers: those who change a civil status or decide on one."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur

CONCERNES = (Permission.ETAT_CIVIL_PROPOSER, Permission.ETAT_CIVIL_DECIDER)


def est_concerne(acteur: Acteur) -> bool:
    """May read and answer."""
    return any(acteur.peut(permission) for permission in CONCERNES)
