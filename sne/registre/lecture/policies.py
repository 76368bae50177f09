"""Who gives a person the history of their demande."""

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire, peut_sur
from sne.socle.acteur import Acteur


def can_remettre_historique(acteur: Acteur, demande: Demande) -> bool:
    """Give a person the history of their demande (RGPD, art. 15): a counter, the GT, the DPO, to themselves."""
    return can_lire(acteur, demande) and peut_sur(acteur, Permission.HISTORIQUE_REMETTRE, demande)
