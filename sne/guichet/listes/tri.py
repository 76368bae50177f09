"""A list put in the order of any of its columns: read whole while it is short, paged after a line, by plain links."""

import unicodedata
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from sne.socle.pages import Page, Position
from sne.socle.tableur import Valeur


@dataclass(frozen=True, slots=True)
class Entete:
    """The title of a column. ``tri``: where its order is, the other way when it is the one shown; empty when the list
    cannot be put in it. ``sens``: as ``aria-sort`` says it, of the column that the list goes by.
    """

    titre: str
    tri: str = ""
    sens: str = ""


@dataclass(frozen=True, slots=True)
class Ordre:
    """How a list is ordered. ``colonne``: code of a column; ``cle``: the code of the column that the list goes by of
    itself, ``descendante`` when that starts from the end; ``inverse``: the other way.

    ``garde``: what the address keeps besides; ``sens``: the name under which it says the other way.
    """

    colonne: str
    inverse: bool
    cle: str
    garde: Mapping[str, str]
    sens: str
    descendante: bool = False

    def adresse(self, colonne: str) -> str:
        """Where the list is in the order of this column: from its start, or the other way when it is shown so."""
        dits = {nom: dit for nom, dit in self.garde.items() if nom not in ("tri", self.sens)}
        if colonne != self.cle:
            dits["tri"] = colonne
        if colonne == self.colonne and not self.inverse:
            dits[self.sens] = "inverse"
        return f"?{urlencode(dits)}"

    def entetes(self, colonnes: Iterable[tuple[str, str]], *, triable: bool = True) -> list[Entete]:
        """Titles of (code, title). A list too long to be sorted still goes both ways by its own column."""
        return [
            Entete(
                titre,
                self.adresse(code) if triable or code == self.cle else "",
                self._dire() if code == self.colonne else "",
            )
            for code, titre in colonnes
        ]

    def _dire(self) -> str:
        de_la_fin = self.inverse ^ (self.descendante and self.colonne == self.cle)
        return "descending" if de_la_fin else "ascending"


def trier[T](lignes: Iterable[T], valeur: Callable[[T], Valeur], *, inverse: bool) -> list[T]:
    """Lines in the order of what a column says, as a reader of French sorts it: neither accents nor capitals count.

    Where it says nothing comes last both ways; equals stay as they were.
    """
    lues = [(valeur(ligne), ligne) for ligne in lignes]
    pleines = [(_cle(dit), ligne) for dit, ligne in lues if dit not in ("", None)]
    pleines.sort(key=lambda lue: lue[0], reverse=inverse)
    return [*(ligne for _, ligne in pleines), *(ligne for dit, ligne in lues if dit in ("", None))]


def _cle(valeur: Valeur) -> Any:
    if not isinstance(valeur, str):
        return valeur
    signes = unicodedata.normalize("NFKD", valeur.casefold())
    return "".join(signe for signe in signes if not unicodedata.combining(signe))


def decouper[T](
    lignes: Sequence[T],
    rang: Callable[[T], uuid.UUID],
    *,
    apres: uuid.UUID | None,
    avant: uuid.UUID | None,
    par_page: int,
) -> Page[T]:
    """The page after a line, or before it. Once that line has left the list, the first one: what was dealt with is in
    none, so nothing that waits is passed over.
    """
    rangs = [rang(ligne) for ligne in lignes]
    debut = 0
    if apres in rangs:
        debut = rangs.index(apres) + 1
    elif avant in rangs:
        debut = max(0, rangs.index(avant) - par_page)
    page, fin = tuple(lignes[debut : debut + par_page]), debut + par_page
    return Page(
        page,
        suivante=Position(None, rangs[fin - 1]) if fin < len(lignes) else None,
        precedente=Position(None, rangs[debut], en_arriere=True) if debut and page else None,
    )


def adresses_par_rang(page: Page[Any], garde: Mapping[str, str]) -> dict[str, str]:
    """Addresses of the next and previous pages, by the key of a line alone: no name is in an address."""

    def vers(sens: str, position: Position | None) -> str:
        return "?" + urlencode({**garde, sens: str(position.rang)}) if position else ""

    return {"suivante": vers("apres", page.suivante), "precedente": vers("avant", page.precedente)}
