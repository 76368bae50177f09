"""The steps of a registration: eight at most (the DSFR stepper draws no more), each made of one or more pages."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby


class Etat(StrEnum):
    """Where a page or a step stands, in the words shown to the agent."""

    A_FAIRE = "à faire"
    A_CORRIGER = "à corriger"
    A_COMPLETER = "à compléter"
    FAITE = "faite"


TITRES = {
    "personne": "La personne",
    "association": "L’association",
    "foyer": "Le foyer",
    "situation": "Situation professionnelle",
    "ressources": "Ressources",
    "logement": "Logement actuel et motifs",
    "souhaits": "Souhaits",
    "pieces": "Pièces",
    "verifier": "Vérifier avec la personne",
}
DERNIERE = "verifier"
A_REPRENDRE = frozenset({Etat.A_FAIRE, Etat.A_CORRIGER})


@dataclass(frozen=True, slots=True)
class PageListee:
    """One page: its code (in the URL), the step it belongs to, its title, where it stands."""

    code: str
    etape: str
    titre: str
    etat: Etat


@dataclass(frozen=True, slots=True)
class Etape:
    """One step, of rank 1 and more. The last one, where everything is read again, has no page."""

    code: str
    titre: str
    rang: int
    pages: tuple[PageListee, ...]

    @property
    def etat(self) -> Etat:
        """Where the step stands: what is wrong first, then what is not begun, then what is missing."""
        etats = {page.etat for page in self.pages}
        if etats <= {Etat.A_FAIRE}:
            return Etat.A_FAIRE
        if Etat.A_CORRIGER in etats:
            return Etat.A_CORRIGER
        return Etat.FAITE if etats == {Etat.FAITE} else Etat.A_COMPLETER


def lister(pages: Iterable[PageListee]) -> tuple[Etape, ...]:
    """Steps in order, from the pages asked; a step of which no page is asked does not count."""
    groupes = [(code, tuple(groupe)) for code, groupe in groupby(pages, key=lambda page: page.etape)]
    return tuple(
        Etape(code, TITRES[code], rang, groupe)
        for rang, (code, groupe) in enumerate([*groupes, (DERNIERE, ())], start=1)
    )


def codes(etapes: Iterable[Etape]) -> tuple[str, ...]:
    """Codes of every page in order, the last step at the end."""
    return (*(page.code for etape in etapes for page in etape.pages), DERNIERE)


def voisines(etapes: Iterable[Etape], code: str) -> tuple[str, str]:
    """Codes of the previous and next pages ("" at the ends). Raises ``ValueError`` for a page not asked."""
    suite = ["", *codes(etapes), ""]
    rang = suite.index(code, 1)
    return suite[rang - 1], suite[rang + 1]


def etape_de(etapes: Sequence[Etape], code: str) -> Etape:
    """The step of a page. Raises ``ValueError`` for a page not asked."""
    for etape in etapes:
        if code in {page.code for page in etape.pages} or code == etape.code == DERNIERE:
            return etape
    raise ValueError(f"page {code} is not asked")


def reprise(etapes: Iterable[Etape]) -> str:
    """Where to take a draft up again: the first page not begun or to be corrected, else the last step."""
    pages = (page for etape in etapes for page in etape.pages)
    return next((page.code for page in pages if page.etat in A_REPRENDRE), DERNIERE)
