"""Who gives a person the history of their demande; who reads a file for a call alone."""

from sne.habilitations.rules import Permission, Role
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire, peut_sur
from sne.socle.acteur import Acteur


def can_remettre_historique(acteur: Acteur, demande: Demande) -> bool:
    """Give a person the history of their demande (RGPD, art. 15): a counter, the GT, the DPO, to themselves."""
    return can_lire(acteur, demande) and peut_sur(acteur, Permission.HISTORIQUE_REMETTRE, demande)


POUR_UN_APPEL = frozenset({Role.SUPPORT_N1})
"""Roles that have no file of their own: they open one to answer somebody who calls."""


def lit_pour_un_appel(acteur: Acteur, demande: Demande) -> bool:
    """Whether every right by which the actor reads this demande is one of those roles."""
    lisent = [
        mandat.role
        for mandat in acteur.mandats
        if Permission.DEMANDE_LIRE in mandat.permissions
        and mandat.perimetre.couvre(demande.territoire, demande.guichet_gestionnaire, demande.id)
    ]
    return bool(lisent) and POUR_UN_APPEL.issuperset(lisent)
