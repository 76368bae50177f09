"""Whose demande an account may follow: the one that a proof links it to, by a perimeter of its own."""

import uuid

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire, can_modifier
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre

ROLE = "DEMANDEUR"


def demandeur(compte: uuid.UUID, *, territoire: str, demande: uuid.UUID) -> Acteur:
    """The holder of an account, on the demande that a proof names: they read it, and nothing else, of no other one."""
    mandat = Mandat(ROLE, frozenset({str(Permission.DEMANDE_LIRE)}), Perimetre(territoire, demande=demande))
    return Acteur(id=compte, nom="Personne du foyer, en ligne", canal=Canal.PGP, mandats=(mandat,))


def can_rattacher(acteur: Acteur, demande: Demande) -> bool:
    """Link an account to a demande: the person themselves, through their own door."""
    return acteur.canal is Canal.PGP and can_lire(acteur, demande)


def can_detacher(acteur: Acteur, demande: Demande) -> bool:
    """End a link: the person themselves; a counter of the territory that may change the file, at their request."""
    return can_rattacher(acteur, demande) or can_modifier(acteur, demande)
