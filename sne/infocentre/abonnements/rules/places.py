"""Whose a subscription is: a place, a body of it, or one person; who holds that place, what is counted there. Pure."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sne.habilitations.rules import ROLES, Etendue, Permission, Role
from sne.infocentre.rapports.rules.lieux import Lieu, NatureLieu, Portee, portee, territoires_du
from sne.referentiels.rules.decoupage import Decoupage
from sne.socle.acteur import Mandat, Perimetre

ETENDUES: Mapping[NatureLieu, Etendue] = {
    NatureLieu.TERRITOIRE: Etendue.TERRITOIRE,
    NatureLieu.DEPARTEMENT: Etendue.DEPARTEMENT,
    NatureLieu.REGION: Etendue.REGION,
    NatureLieu.NATION: Etendue.NATION,
}


@dataclass(frozen=True, slots=True)
class Place:
    """``organisme``: one body of that territory; ``compte``: one person’s own, about what they read of that place."""

    lieu: Lieu
    organisme: str = ""
    compte: uuid.UUID | None = None

    @property
    def etendue(self) -> Etendue:
        """In which kind of perimeter its roles are held: those of a body, in its counters."""
        return Etendue.GUICHET if self.organisme else ETENDUES[self.lieu.nature]

    @property
    def territoire(self) -> str:
        """The territory that it is of; empty when it is of several, or of a part of one."""
        return self.lieu.code if self.lieu.nature is NatureLieu.TERRITOIRE else ""

    @property
    def du_lieu(self) -> "Place":
        """The place itself, nobody’s in particular."""
        return replace(self, compte=None)


def roles_de(place: Place) -> tuple[Role, ...]:
    """The roles that decide of a place’s subscriptions, and may receive them."""
    return tuple(
        role
        for role in Role
        if ROLES[role].etendue is place.etendue and Permission.RAPPORT_ABONNER in ROLES[role].permissions
    )


def est_tenue(place: Place, mandats: Iterable[Mandat], decoupage: Decoupage) -> bool:
    """Whether one of these mandates is a role of the place itself: who manages the nation decides of no territory’s."""
    siens = [
        m
        for m in mandats
        if m.role in set(roles_de(place))
        and Permission.RAPPORT_ABONNER in m.permissions
        and not m.perimetre.personnel
    ]
    territoires = frozenset(territoires_du(place.lieu, decoupage))
    if place.organisme:
        return any(m.organisme == place.organisme and m.perimetre.territoire in territoires for m in siens)
    match place.lieu.nature:
        case NatureLieu.NATION:
            return bool(siens)
        case NatureLieu.DEPARTEMENT:
            return any(m.perimetre.departement == place.lieu.code for m in siens)
    tenus = {m.perimetre.territoire for m in siens}
    return bool(territoires) and territoires <= tenus


def portee_de(place: Place, decoupage: Decoupage) -> Portee | None:
    """What is counted for a place, or a body of it, as each of its roles reads it; ``None`` for a place that no longer
    exists.
    """
    permissions = [frozenset[str](ROLES[role].permissions) for role in roles_de(place)]
    communes = frozenset.intersection(*permissions)
    entiere = portee([Mandat("", communes, Perimetre())], place.lieu, decoupage)
    if entiere is None or not place.organisme:
        return entiere
    return replace(entiere, organismes=frozenset({place.organisme}))
