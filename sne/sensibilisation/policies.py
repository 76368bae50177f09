"""Who reads the reminder and answers: those who change a civil status or decide on one. Who says what is unclear."""

from sne.habilitations.rules import Permission
from sne.socle.acteur import Acteur

CONCERNES = (Permission.ETAT_CIVIL_PROPOSER, Permission.ETAT_CIVIL_DECIDER)


def est_concerne(acteur: Acteur) -> bool:
    """May read and answer."""
    return any(acteur.peut(permission) for permission in CONCERNES)


def can_remarquer(acteur: Acteur) -> bool:
    """May say what a household does not understand: whoever sees the same thing from the other side."""
    return acteur.peut(Permission.DEMANDE_LIRE)


def can_lire_remarques(acteur: Acteur) -> bool:
    """May read what was said: who runs the service, whose words they are."""
    return acteur.peut(Permission.PARAMETRE_GERER)
