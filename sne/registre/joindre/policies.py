"""Who says that an address refuses messages."""

from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire
from sne.socle.acteur import Acteur, Canal


def can_invalider_courriel(acteur: Acteur, demande: Demande) -> bool:
    """Say that an address refuses messages: the service alone, which saw the refusal."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)
