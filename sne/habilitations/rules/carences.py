"""What a place lacks once a role ended: a guichet its manager, or anybody; a territory its manager. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sne.habilitations.rules.roles import ROLES, Etendue, Role


class GenreCarence(StrEnum):
    """Who is missing."""

    SANS_RESPONSABLE = "SANS_RESPONSABLE"
    SANS_PERSONNE = "SANS_PERSONNE"
    SANS_GESTIONNAIRE = "SANS_GESTIONNAIRE"


LIBELLES: Mapping[GenreCarence, str] = {
    GenreCarence.SANS_RESPONSABLE: "Sans responsable de guichet",
    GenreCarence.SANS_PERSONNE: "Sans aucun agent",
    GenreCarence.SANS_GESTIONNAIRE: "Sans gestionnaire territorial",
}


SERVIS = frozenset({Etendue.GUICHET, Etendue.TERRITOIRE})
"""Where somebody must always be found: who only reads figures of a wider place serves none."""
SANS_SERVICE = frozenset({Role.AIDANT, Role.EDITEUR, Role.GESTIONNAIRE_FICHIERS_PARTAGES})
"""Roles held there by whoever receives nobody."""


@dataclass(frozen=True, slots=True, order=True)
class Lieu:
    """A guichet, or a territory (``guichet`` empty)."""

    territoire: str
    guichet: str = ""


@dataclass(frozen=True, slots=True)
class Tenue:
    """One role held somewhere; ``en_vigueur``: it gives its rights on the day looked at."""

    lieu: Lieu
    role: Role
    en_vigueur: bool


def carences(tenues: Iterable[Tenue]) -> frozenset[tuple[Lieu, GenreCarence]]:
    """What is missing, in the places where somebody holds or once held a role.

    A guichet that nobody ever served lacks nobody. A territory counts as soon as somebody served one of its guichets.
    A manager serves as an agent does: a guichet whose manager is alone does not lack an agent. Whoever only helps,
    a software, whoever looks after a shared file serve none.
    """
    connus: set[Lieu] = set()
    servis: set[Lieu] = set()
    diriges: set[Lieu] = set()
    for tenue in tenues:
        if ROLES[tenue.role].etendue not in SERVIS or tenue.role in SANS_SERVICE:
            continue
        connus |= {tenue.lieu, Lieu(tenue.lieu.territoire)}
        if tenue.en_vigueur:
            servis.add(tenue.lieu)
            if tenue.role is not Role.AGENT_GUICHET:
                diriges.add(tenue.lieu)
    sans_tete = {
        (lieu, GenreCarence.SANS_RESPONSABLE if lieu.guichet else GenreCarence.SANS_GESTIONNAIRE)
        for lieu in connus - diriges
    }
    return frozenset(sans_tete | {(g, GenreCarence.SANS_PERSONNE) for g in connus - servis if g.guichet})
