"""Who may do and see what in the register: predicates on the actor; any counter may serve any file of its territory."""

import uuid
from functools import reduce
from operator import or_
from typing import Protocol

from django.db.models import Q

from sne.habilitations.rules import Permission
from sne.journal.rules import Trait, Verbe, verbes_qui
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.socle.acteur import Acteur, Canal


class Situee(Protocol):
    """A demande, or what is of one: where it is."""

    @property
    def territoire(self) -> str: ...


def peut_sur(acteur: Acteur, permission: Permission, demande: Demande) -> bool:
    """Whether one mandate gives ``permission`` over this demande: that of a place which holds it, or one’s own."""
    return acteur.peut(permission, demande.territoire, demande=demande.id)


def can_lire(acteur: Acteur, demande: Demande) -> bool:
    """Read a file: a counter of the territory, its manager, the GT, national roles (CCH R441-2-6); its holder."""
    return peut_sur(acteur, Permission.DEMANDE_LIRE, demande)


def can_lire_sante(acteur: Acteur, demande: Demande) -> bool:
    """Read health data (handicap sheets): a right of its own."""
    return peut_sur(acteur, Permission.SANTE_LIRE, demande)


def can_ecrire_sante(acteur: Acteur, *, territoire: str, demande: uuid.UUID | None = None) -> bool:
    """Write health data: a right of its own, which needs the one to read what it changes."""
    lit = acteur.peut(Permission.SANTE_LIRE, territoire, demande=demande)
    return lit and acteur.peut(Permission.SANTE_ECRIRE, territoire, demande=demande)


def can_deposer(acteur: Acteur, *, territoire: str, guichet: str) -> bool:
    """Register for this guichet: the actor must act for it now (CCH R441-2-1)."""
    return acteur.guichet == guichet and acteur.peut(Permission.DEMANDE_DEPOSER, territoire, guichet)


def can_modifier(acteur: Acteur, demande: Demande) -> bool:
    """Change a file of the territory (R441-2-6); which fields is :mod:`sne.registre.contenu.rules.acces`."""
    return peut_sur(acteur, Permission.DEMANDE_MODIFIER, demande)


def can_radier(acteur: Acteur, *, territoire: str) -> bool:
    """Strike off a file of the territory; for which reasons depends on the body (:func:`auteurs_de_radiation`)."""
    return acteur.peut(Permission.DEMANDE_RADIER, territoire)


def can_expirer(acteur: Acteur, demande: Demande) -> bool:
    """End the validity of a file: the register's clock alone, by the same right as striking off."""
    return acteur.canal is Canal.SYSTEME and can_radier(acteur, territoire=demande.territoire)


def can_lire_dalo(acteur: Acteur, *, territoire: str) -> bool:
    """Read DALO facts and what priority publics say of a household: a right of its own."""
    return acteur.peut(Permission.DALO_LIRE, territoire)


def verbes_caches(acteur: Acteur, demande: Demande) -> frozenset[Verbe]:
    """Acts that the history of this demande leaves out for this reader: their name alone says too much."""
    return verbes_caches_dans(acteur, territoire=demande.territoire, demande=demande.id)


def verbes_caches_dans(
    acteur: Acteur, *, territoire: str, demande: uuid.UUID | None = None
) -> frozenset[Verbe]:
    """The same of any demande of this territory, or of this one."""
    caches = Trait.AUCUN
    if not acteur.peut(Permission.SANTE_LIRE, territoire, demande=demande):
        caches |= Trait.SANTE
    if not acteur.peut(Permission.DALO_LIRE, territoire, demande=demande):
        caches |= Trait.TRES_PERSONNEL
    return verbes_qui(caches)


def can_balayer(acteur: Acteur, *, territoire: str) -> bool:
    """Look for close demandes in a whole territory: the service alone."""
    return acteur.canal is Canal.SYSTEME and acteur.peut(Permission.DEMANDE_LIRE, territoire)


def scope(acteur: Acteur) -> Q:
    """Demandes the actor may read, as a condition on ``Demande``; every selector starts from it.

    An erased demande is in no scope: nobody may read it.
    """
    lieux = scope_des_effacees(acteur)
    return avec_les_siennes(lieux, acteur, "id") & ~Q(statut=Statut.PURGEE)


def scope_des_effacees(acteur: Acteur) -> Q:
    """Where the actor may learn that a demande was erased, as a condition on ``Purge``: where they could read it."""
    return scope_de(acteur, Permission.DEMANDE_LIRE)


def avec_les_siennes(lieux: Q, acteur: Acteur, chemin: str) -> Q:
    """The same rows, and those of the demandes that the actor may read as theirs. ``chemin``: to the demande."""
    if not lieux:  # an empty condition is everything
        return lieux
    siennes = (
        Q(territoire=p.territoire, **{chemin: p.demande}) for p in acteur.siennes(Permission.DEMANDE_LIRE)
    )
    return reduce(or_, siennes, lieux)


def scope_de(acteur: Acteur, permission: Permission, vers: str = "") -> Q:
    """Rows of the territories where ``permission`` is held. ``vers``: path to the row that says where."""
    territoires = acteur.territoires(permission)
    if territoires is None:
        return Q()
    return Q(**{f"{vers}territoire__in": sorted(territoires)})


def _roles(acteur: Acteur, territoire: str, demande: uuid.UUID | None = None) -> list[str]:
    return sorted({m.role for m in acteur.mandats if m.perimetre.couvre(territoire, demande=demande)})
