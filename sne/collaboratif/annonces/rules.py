"""What an announcement says, when it is reminded of, and who in a counter has read it: persons, not accounts. Pure."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sne.socle.signes import INSECABLE

TITRE_MAX, CORPS_MAX, PHRASE_MAX = 120, 1_000, 300
ANNONCE = "ANNONCE"
"""Of the search."""
SANS_CIBLE = "Choisissez au moins une équipe à qui l’annonce s’adresse."
A_L_ENVERS = f"La fin vient après le début{INSECABLE}: changez l’une des deux dates."
TROP_TARD = "La date avant laquelle lire l’annonce vient avant sa fin."


def rappel_le(du: datetime, terme: datetime) -> datetime:
    """When who has not read is reminded, once: two thirds of the way."""
    return du + (terme - du) * 2 / 3


@dataclass(frozen=True, slots=True)
class Lectrice:
    """Somebody to whom an announcement goes; ``id``: the person, the same for all their accounts."""

    id: uuid.UUID
    territoire: str
    guichet: str
    nom: str


@dataclass(frozen=True, slots=True)
class Couverture:
    """One place: how many persons, how many have read, whether it was relayed to them, who has not read."""

    territoire: str
    guichet: str
    personnes: int
    lues: int
    relayee: bool
    restent: tuple[str, ...]


def couvrir(
    personnes: Iterable[Lectrice],
    *,
    lues: Collection[uuid.UUID],
    relais: Collection[tuple[str, str]],
    par_guichet: bool,
) -> tuple[Couverture, ...]:
    """One line for each territory, or for each counter, each person once in it. ``relais``: places relayed to.

    A relay to a whole territory (no counter) holds for each of its counters.
    """
    lieux: dict[tuple[str, str], dict[uuid.UUID, str]] = {}
    for p in personnes:
        lieux.setdefault((p.territoire, p.guichet if par_guichet else ""), {})[p.id] = p.nom
    return tuple(
        Couverture(
            territoire,
            guichet,
            len(noms),
            len(noms.keys() & set(lues)),
            bool({(territoire, guichet), (territoire, "")} & set(relais)),
            tuple(sorted(nom for qui, nom in noms.items() if qui not in lues)),
        )
        for (territoire, guichet), noms in sorted(lieux.items())
    )


def compter(personnes: Iterable[Lectrice], *, lues: Collection[uuid.UUID]) -> Mapping[str, int]:
    """All the persons that it goes to, each once wherever they work, and those who have read."""
    toutes = {p.id for p in personnes}
    return {"personnes": len(toutes), "lues": len(toutes & set(lues))}
