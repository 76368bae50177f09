"""Pages by position: « after this line », never « from the thousandth »; a line added meanwhile moves nothing."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

SEPARATEUR = "~"


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page starts: after the line of this sort value and key, or before it when ``en_arriere``."""

    cle: Any = None
    rang: uuid.UUID | None = None
    en_arriere: bool = False

    def __bool__(self) -> bool:
        """Whether it is another place than the start of the list."""
        return self.rang is not None

    @property
    def texte(self) -> str:
        """The position as an address carries it, when lines are sorted by a day or an instant."""
        return f"{self.cle.isoformat()}{SEPARATEUR}{self.rang}" if self.cle else ""

    @property
    def adresse(self) -> str:
        """The same, and the direction: what :func:`lire_place` reads."""
        return f"{'r' if self.en_arriere else 'a'}{SEPARATEUR}{self.texte}"


DEBUT = Position()


@dataclass(frozen=True, slots=True)
class Page[T]:
    """Lines, and the positions of the next and previous pages; ``None`` when there is none."""

    lignes: tuple[T, ...]
    suivante: Position | None = None
    precedente: Position | None = None

    def montrer[U](self, lignes: Iterable[U]) -> "Page[U]":
        """The same page, its lines said otherwise."""
        return Page(tuple(lignes), self.suivante, self.precedente)


def lire_instant(texte: str) -> datetime:
    """An instant with its zone. Raises ``ValueError``."""
    lu = datetime.fromisoformat(texte)
    if lu.tzinfo is None:
        raise ValueError("an instant without its zone")
    return lu


def lire_position(*, apres: str = "", avant: str = "", lire: Callable[[str], Any] = lire_instant) -> Position:
    """The position that an address carries; the first page when it cannot be read."""
    try:
        cle, rang = (apres or avant).split(SEPARATEUR)
        return Position(lire(cle), uuid.UUID(rang), en_arriere=not apres)
    except ValueError:
        return DEBUT


def lire_place(adresse: str) -> Position:
    """The position of an address that carries its direction; the first page when it cannot be read."""
    sens, _, place = adresse.partition(SEPARATEUR)
    return lire_position(avant=place) if sens == "r" else lire_position(apres=place)


def paginer[T](
    lues: Sequence[T], position: Position, *, par_page: int, repere: Callable[[T], Position]
) -> Page[T]:
    """A page of at most ``par_page`` lines, out of one more read from the position, in the direction of reading."""
    gardees = list(lues[:par_page])
    encore = len(lues) > par_page
    if position.en_arriere:
        gardees.reverse()
    plus_loin, plus_tot = (True, encore) if position.en_arriere else (encore, bool(position))
    return Page(
        tuple(gardees),
        suivante=repere(gardees[-1]) if gardees and plus_loin else None,
        precedente=replace(repere(gardees[0]), en_arriere=True) if gardees and plus_tot else None,
    )


def adresses_des_pages(page: Page[Any], garde: Mapping[str, str]) -> dict[str, str]:
    """Query strings of the next and previous pages, with what the address keeps; empty where there is none."""

    def vers(sens: str, position: Position | None) -> str:
        return "?" + urlencode({**garde, sens: position.texte}) if position else ""

    return {"suivante": vers("apres", page.suivante), "precedente": vers("avant", page.precedente)}
