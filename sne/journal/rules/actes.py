"""What an entry says: an act, its facts, values that can be erased. Pure."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sne.journal.rules.verbes import Verbe
from sne.socle.acte import Acte


class Cote(StrEnum):
    """Side of a value: before or after the act."""

    AVANT = "avant"
    APRES = "apres"


@dataclass(frozen=True, slots=True)
class Valeur:
    """A personal value kept apart from the entry, under a salted commitment: it can be erased, the seal stays."""

    champ: str
    cote: Cote
    valeur: str | None


@dataclass(frozen=True, slots=True)
class Entree:
    """One act. ``survenu_le`` is the business instant (aware); the database adds its own clock and the seal.

    ``demande_id`` and ``revision`` go together: an entry that names a demande names the revision it made or read.
    ``faits`` holds codes and identifiers only; whatever names a person goes in ``valeurs``.
    """

    verbe: Verbe
    acte: Acte
    territoire: str = ""
    demande_id: uuid.UUID | None = None
    revision: int | None = None
    role: str = ""
    faits: Mapping[str, object] = field(default_factory=dict)
    valeurs: tuple[Valeur, ...] = ()

    def __post_init__(self) -> None:
        if (self.demande_id is None) != (self.revision is None):
            raise ValueError("an entry names a demande and its revision, or neither")
