"""Pages by position: « after this line », never « from the thousandth »; a line added meanwhile moves nothing."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

SEPARATEUR = "~"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page starts: after the line of this instant and key, or before it when ``en_arriere``."""

    instant: datetime | None = None
    cle: uuid.UUID | None = None
    en_arriere: bool = False

    @property
    def texte(self) -> str:
        """The position as an address carries it."""
        return f"{self.instant.isoformat()}{SEPARATEUR}{self.cle}" if self.instant else ""


DEBUT = Position()


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Lines, and the positions of the next and previous pages; ``None`` when there is none."""

    lignes: tuple[T, ...]
    suivante: Position | None
    precedente: Position | None


def lire_position(*, apres: str, avant: str) -> Position:
    """The position that an address carries; the first page when it cannot be read."""
    try:
        instant, cle = (apres or avant).split(SEPARATEUR)
        lu = datetime.fromisoformat(instant)
        return Position(lu, uuid.UUID(cle), en_arriere=not apres) if lu.tzinfo else DEBUT
    except ValueError:
        return DEBUT


def paginer[L, T](
    lues: Sequence[L],
    position: Position,
    *,
    par_page: int,
    repere: Callable[[L], tuple[datetime, uuid.UUID]],
    ligne: Callable[[L], T],
) -> Page[T]:
    """A page of at most ``par_page`` lines, out of one more read from the position, in the direction of reading."""
    gardees = list(lues[:par_page])
    encore = len(lues) > par_page
    if position.en_arriere:
        gardees.reverse()
    plus_loin = encore or position.en_arriere
    plus_tot = encore if position.en_arriere else position.instant is not None
    return Page(
        lignes=tuple(ligne(x) for x in gardees),
        suivante=Position(*repere(gardees[-1])) if gardees and plus_loin else None,
        precedente=Position(*repere(gardees[0]), en_arriere=True) if gardees and plus_tot else None,
    )
