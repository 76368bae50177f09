"""Who is told of what happens to the roles of a place, and may mend it."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sne.habilitations.models import Compte
from sne.habilitations.rules import Role
from sne.habilitations.selectors.comptes import Poste, list_porteurs
from sne.referentiels.selectors import get_guichet


@dataclass(frozen=True, slots=True)
class Veilleur:
    """An account to write to. ``personne``: whose it is."""

    compte_id: uuid.UUID
    courriel: str
    personne: uuid.UUID

    @classmethod
    def de(cls, compte: Compte) -> "Veilleur":
        return cls(compte.id, compte.courriel, compte.titulaire_id or compte.id)


def list_gestionnaires(territoire: str, *, le: date) -> tuple[Veilleur, ...]:
    """The managers of a territory."""
    return _veilleurs(list_porteurs([Role.GESTIONNAIRE_TERRITORIAL], territoire=territoire, le=le))


def list_exploitants(*, le: date) -> tuple[Veilleur, ...]:
    """National operation."""
    return _veilleurs(list_porteurs([Role.EXPLOITATION_NATIONALE], territoire="", le=le))


def list_responsables(territoire: str, guichet: str, *, le: date) -> tuple[Veilleur, ...]:
    """The managers of the body that holds this guichet, at whichever of its guichets there."""
    fiche = get_guichet(territoire, guichet, le=le)
    portees = list_porteurs([Role.RESPONSABLE_GUICHET], territoire=territoire, le=le)
    return _veilleurs(p for p in portees if fiche and p[1].organisme == fiche.organisme)


def _veilleurs(portees: Iterable[tuple[Compte, Poste]]) -> tuple[Veilleur, ...]:
    return tuple(Veilleur.de(compte) for compte, _ in portees)
