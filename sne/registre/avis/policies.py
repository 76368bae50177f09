"""Who tells a household that its demande changed, and who says « ce n’est pas moi »."""

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire
from sne.socle.acteur import Acteur, Canal


def can_avertir(acteur: Acteur, demande: Demande) -> bool:
    """Tell a household that its demande changed: the service alone, to addresses that nobody chose."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)


def can_s_opposer(acteur: Acteur, demande: Demande) -> bool:
    """Say « ce n’est pas moi », and take it back: somebody who reads an address of before, by the link sent to it."""
    return acteur.canal is Canal.PGP and can_lire(acteur, demande)
