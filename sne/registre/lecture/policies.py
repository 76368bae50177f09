"""Who gives a person the history of their demande."""

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire
from sne.socle.acteur import Acteur


def can_remettre_historique(acteur: Acteur, demande: Demande) -> bool:
    """Give a person the history of their demande (RGPD, art. 15): a counter of the territory, the GT, the DPO."""
    return can_lire(acteur, demande) and acteur.peut(Permission.HISTORIQUE_REMETTRE, demande.territoire)
