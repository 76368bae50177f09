"""Who asks for the monthly resources of an applicant, and reads them."""

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire, peut_sur
from sne.socle.acteur import Acteur, Canal


def can_lire_ressources(acteur: Acteur, demande: Demande) -> bool:
    """Ask for and read them: a counter of the territory."""
    return can_lire(acteur, demande) and peut_sur(acteur, Permission.RESSOURCES_LIRE, demande)


def can_actualiser(acteur: Acteur, demande: Demande) -> bool:
    """Ask for them without anybody asking: once a month, after an act. The service alone."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)
