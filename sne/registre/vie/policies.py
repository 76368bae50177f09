"""Who renews, strikes off, brings back, takes back, warns and erases."""

import uuid
from typing import Protocol

from sne.habilitations.rules import Permission
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.policies import can_expirer, can_lire, can_radier, peut_sur
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.vie.rules.radiation import REVIENNENT_AU_GUICHET, Auteur
from sne.socle.acteur import Acteur, Canal


class Situee(Protocol):
    """A demande, or what is read of one: which it is, and where."""

    @property
    def id(self) -> uuid.UUID: ...

    @property
    def territoire(self) -> str: ...


def can_renouveler(acteur: Acteur, demande: Demande) -> bool:
    """Renew a file: any counter of the territory, its holder (arrêté du 23 mars 2015, annex §5)."""
    return peut_sur(acteur, Permission.DEMANDE_RENOUVELER, demande)


def auteurs_de_radiation(acteur: Acteur, *, territoire: str, bailleur: bool) -> frozenset[Auteur]:
    """The capacities in which the actor may strike off: the register, a manager, a counter, a landlord's counter.

    ``bailleur``: whether the actor's counter is a landlord's (CCH R441-2-8, a and d).
    """
    if not can_radier(acteur, territoire=territoire):
        return frozenset()
    if acteur.canal is Canal.SYSTEME:
        return frozenset({Auteur.SERVICE})
    if not acteur.guichet:
        return frozenset({Auteur.GESTIONNAIRE})
    return frozenset({Auteur.GUICHET, Auteur.BAILLEUR} if bailleur else {Auteur.GUICHET})


def can_prevenir(acteur: Acteur, demande: Demande) -> bool:
    """Give the notice that a validity is about to end: the register's clock alone, as for the end itself."""
    return can_expirer(acteur, demande)


def can_noter_echec(acteur: Acteur, demande: Demande) -> bool:
    """Note that a notice reached nobody: the service alone, which knows what became of its messages."""
    return acteur.canal is Canal.SYSTEME and can_lire(acteur, demande)


def can_purger(acteur: Acteur, demande: Demande) -> bool:
    """Erase a file whose time is over: the register's clock alone, by the right of striking off."""
    return acteur.canal is Canal.SYSTEME and can_radier(acteur, territoire=demande.territoire)


def can_reactiver(acteur: Acteur, motif: MotifRadiation, *, territoire: str) -> bool:
    """Bring a file back: any counter when it was struck off for want of renewal, since coming back renews it; the
    territorial manager otherwise.

    Arrêté du 23 mars 2015, annexe §6.1.
    """
    if acteur.peut(Permission.DEMANDE_REACTIVER, territoire):
        return True
    return motif in REVIENNENT_AU_GUICHET and acteur.peut(Permission.DEMANDE_RENOUVELER, territoire)


def can_annuler(acteur: Acteur, *, territoire: str) -> bool:
    """Take back a registration made twice by mistake, and put it back: the territorial manager."""
    return acteur.peut(Permission.DEMANDE_ANNULER, territoire)


def can_demander_annulation(acteur: Acteur, *, territoire: str) -> bool:
    """Ask that a registration made twice be taken back: whoever changes demandes of the territory."""
    return acteur.peut(Permission.DEMANDE_MODIFIER, territoire)


def can_arreter(acteur: Acteur, demande: Situee) -> bool:
    """Ask online that a demande end: an adult of it, through their own door. A counter strikes off on their letter."""
    lit = acteur.peut(Permission.DEMANDE_LIRE, demande.territoire, demande=demande.id)
    return acteur.canal is Canal.PGP and acteur.aide is None and lit


def can_garder(acteur: Acteur, demande: Situee) -> bool:
    """Keep a demande that is about to end: any adult of it; a counter that renews, at their word."""
    renouvelle = acteur.peut(Permission.DEMANDE_RENOUVELER, demande.territoire, demande=demande.id)
    return renouvelle or can_arreter(acteur, demande)
