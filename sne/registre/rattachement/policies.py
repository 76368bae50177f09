"""Whose demande an account may follow: the one that a proof links it to, by a perimeter of its own."""

import uuid
from typing import Protocol

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_lire
from sne.socle.acteur import Acteur, Canal, Mandat, Perimetre

ROLE = "DEMANDEUR"


class Situee(Protocol):
    """A demande, or what is read of one."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def territoire(self) -> str: ...


def demandeur(compte: uuid.UUID, *, territoire: str, demande: uuid.UUID) -> Acteur:
    """The holder of an account, on the demande that a proof names: they read it, and nothing else, of no other one."""
    mandat = Mandat(ROLE, frozenset({str(Permission.DEMANDE_LIRE)}), Perimetre(territoire, demande=demande))
    return Acteur(id=compte, nom="Personne du foyer, en ligne", canal=Canal.PGP, mandats=(mandat,))


def can_rattacher(acteur: Acteur, demande: Demande) -> bool:
    """Link an account to a demande: the person themselves, through their own door."""
    return acteur.canal is Canal.PGP and can_lire(acteur, demande)


def can_detacher(acteur: Acteur, demande: Situee) -> bool:
    """End a link: the person themselves; a counter of the territory that may change the file, at their request."""
    permission = Permission.DEMANDE_LIRE if acteur.canal is Canal.PGP else Permission.DEMANDE_MODIFIER
    return acteur.peut(permission, demande.territoire, demande=demande.id)
