"""What a person holds: modules above say it once, and all are asked when somebody’s rights end."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sne.habilitations.rules.carences import Lieu
from sne.socle.acte import Acte


@dataclass(frozen=True, slots=True)
class Detenu:
    """One kind of thing held. ``libelle``: « 2 saisies en cours »; ``suite``: what becomes of it, in a sentence.

    ``a_confier``: nobody else can go on with it unless it is handed to them.
    """

    libelle: str
    suite: str
    a_confier: bool = False


Lister = Callable[[uuid.UUID, Collection[Lieu]], Collection[Detenu]]


@dataclass(frozen=True, slots=True)
class Passation:
    """Who leaves which places, to whom what they hold goes (``None``: to nobody by name), by whose act, when."""

    compte_id: uuid.UUID
    successeur_id: uuid.UUID | None
    lieux: frozenset[Lieu]
    acte: Acte


Confier = Callable[[Passation], int]


@dataclass(frozen=True, slots=True)
class Detenteur:
    """A module where people hold things: how to list them, how to hand them over (how many were)."""

    nom: str
    lister: Lister
    confier: Confier


_DETENTEURS: dict[str, Detenteur] = {}


def inscrire_detenteur(detenteur: Detenteur) -> None:
    """Add a module (from ``AppConfig.ready``; the same name twice is one)."""
    _DETENTEURS[detenteur.nom] = detenteur


def list_detenus(compte_id: uuid.UUID, lieux: Collection[Lieu]) -> tuple[Detenu, ...]:
    """Everything that this account holds in these places."""
    return tuple(d for nom in sorted(_DETENTEURS) for d in _DETENTEURS[nom].lister(compte_id, lieux))


def confier_les_detenus(passation: Passation) -> dict[str, int]:
    """Hand everything over, in the caller's transaction; how many things, module by module."""
    return {nom: _DETENTEURS[nom].confier(passation) for nom in sorted(_DETENTEURS)}
