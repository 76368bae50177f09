"""Who may take a change that a household asked for, and answer it."""

from sne.habilitations.rules import Permission
from sne.registre.demande.policies import Situee
from sne.socle.acteur import Acteur


def can_traiter(acteur: Acteur, demande: Situee) -> bool:
    """A counter of the territory that may change the file: a household never answers itself."""
    return acteur.peut(Permission.DEMANDE_MODIFIER, demande.territoire)
