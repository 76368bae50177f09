"""How many people of a counter have read the reminder and been through the situations: persons, not accounts."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Personne:
    """Somebody who may change a civil status in a counter; ``id`` is the same for every account of theirs."""

    guichet: str
    id: uuid.UUID
    nom: str


@dataclass(frozen=True, slots=True)
class Acquis:
    """People who read the reminder, and people who found the right answer to every situation."""

    rappel: frozenset[uuid.UUID]
    situations: frozenset[uuid.UUID]

    @property
    def tout(self) -> frozenset[uuid.UUID]:
        """Those who have nothing left to do."""
        return self.rappel & self.situations


@dataclass(frozen=True, slots=True)
class Couverture:
    """One counter. ``restent``: names of those who have one or the other still to do, in alphabetical order."""

    guichet: str
    personnes: int
    rappel: int
    situations: int
    restent: tuple[str, ...]


def qui_a_tout_trouve(
    trouvees: Mapping[uuid.UUID, Collection[str]], *, attendues: Collection[str]
) -> frozenset[uuid.UUID]:
    """People whose right answers hold every situation asked now, whatever older ones they hold."""
    return frozenset(qui for qui, codes in trouvees.items() if set(attendues) <= set(codes))


def couvrir(
    personnes: Iterable[Personne], *, guichets: Iterable[str], acquis: Acquis
) -> tuple[Couverture, ...]:
    """One row for each counter, in the order given, even where nobody is."""
    presents: dict[str, dict[uuid.UUID, str]] = {code: {} for code in guichets}
    for personne in personnes:
        if personne.guichet in presents:
            presents[personne.guichet][personne.id] = personne.nom
    return tuple(
        Couverture(
            guichet=code,
            personnes=len(noms),
            rappel=len(noms.keys() & acquis.rappel),
            situations=len(noms.keys() & acquis.situations),
            restent=tuple(sorted(nom for qui, nom in noms.items() if qui not in acquis.tout)),
        )
        for code, noms in presents.items()
    )
