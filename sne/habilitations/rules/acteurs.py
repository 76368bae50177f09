"""Actors that no account stands for, and the mandate that a role gives. Pure."""

import uuid
from collections.abc import Collection

from sne.habilitations.rules.roles import ROLES, Permission, Role
from sne.socle.acteur import SYSTEME, Acteur, Canal, Mandat, Perimetre

INCONNU = uuid.UUID("00000000-0000-7000-8000-000000000000")
__all__ = ["INCONNU", "SYSTEME", "acteur_inconnu", "acteur_systeme", "mandat", "service"]


def mandat(role: Role, perimetre: Perimetre, *, organisme: str = "", sans: Collection[str] = ()) -> Mandat:
    """The role, with the permissions that it gives but those taken back (``sans``), held in this perimeter."""
    return Mandat(
        str(role), frozenset(map(str, ROLES[role].permissions)).difference(sans), perimetre, organisme
    )


def acteur_systeme(nom: str, *, correlation: uuid.UUID | None = None) -> Acteur:
    """The service itself (installation, command line, tasks), with the rights of national operation."""
    return Acteur(
        id=SYSTEME,
        nom=nom,
        canal=Canal.SYSTEME,
        mandats=(mandat(Role.EXPLOITATION_NATIONALE, Perimetre()),),
        correlation=correlation,
    )


def service(
    nom: str, role: str = "", *, territoire: str = "", permissions: Collection[Permission] = ()
) -> Acteur:
    """The service acting by itself in a territory, with these rights and no other; none at all without a ``role``."""
    mandats = (Mandat(role, frozenset(map(str, permissions)), Perimetre(territoire)),) if role else ()
    return Acteur(id=SYSTEME, nom=nom, canal=Canal.SYSTEME, mandats=mandats)


def acteur_inconnu(correlation: uuid.UUID | None) -> Acteur:
    """Somebody who has not proved who they are: the author of a refused sign-in."""
    return Acteur(id=INCONNU, nom="", canal=Canal.GUICHET, correlation=correlation)
