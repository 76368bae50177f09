"""The steps of what is being typed, one screen each: eight at most (the DSFR stepper draws no more)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Etat(StrEnum):
    """Where a screen stands, in the words shown to the agent."""

    A_FAIRE = "à faire"
    A_CORRIGER = "à corriger"
    A_COMPLETER = "à compléter"
    FAITE = "faite"


DERNIERE = "verifier"
TITRE_DE_LA_DERNIERE = "Vérifier avec la personne"
A_REPRENDRE = frozenset({Etat.A_FAIRE, Etat.A_CORRIGER})


@dataclass(frozen=True, slots=True)
class Etape:
    """One step, of rank 1 and more: the code of its screen (in the URL), its title, where it stands."""

    code: str
    titre: str
    rang: int
    etat: Etat


def lister(ecrans: Iterable[tuple[str, str, Etat]]) -> tuple[Etape, ...]:
    """Steps in order, from (code, title, state) of the screens asked; the last one reads everything again."""
    suite = [*ecrans, (DERNIERE, TITRE_DE_LA_DERNIERE, Etat.A_FAIRE)]
    return tuple(Etape(code, titre, rang, etat) for rang, (code, titre, etat) in enumerate(suite, start=1))


def voisines(etapes: Iterable[Etape], code: str) -> tuple[Etape | None, Etape | None]:
    """The steps before and after this one (none at the ends). Raises ``ValueError`` for a screen not asked."""
    suite = [None, *etapes, None]
    rang = suite.index(etape_de(etapes, code))
    return suite[rang - 1], suite[rang + 1]


def etape_de(etapes: Iterable[Etape], code: str) -> Etape:
    """The step of a screen. Raises ``ValueError`` for a screen not asked."""
    for etape in etapes:
        if etape.code == code:
            return etape
    raise ValueError(f"screen {code} is not asked")


def reprise(etapes: Sequence[Etape]) -> Etape:
    """Where to take a draft up again: the first screen not begun or to be corrected, else the last step."""
    return next((etape for etape in etapes if etape.etat in A_REPRENDRE), etapes[-1])
