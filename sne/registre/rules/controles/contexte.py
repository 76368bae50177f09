"""What a control looks at, and what it answers."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from sne.registre.rules.anomalie import INSECABLE, Niveau
from sne.registre.rules.contenu.champs import libelle
from sne.registre.rules.contenu.racine import Contenu
from sne.registre.rules.contenu.references import adultes, chemin_de, date_naissance, membres

Constat = tuple[str, str]
"""Path and French sentence."""


class Porte(StrEnum):
    """Where the content comes from: typed on a screen, or received in a message or a file."""

    ECRAN = "ECRAN"
    IMPORT = "IMPORT"


class References(Protocol):
    """The reference data that controls need, for one day and one territory."""

    @property
    def territoire(self) -> str:
        """Territory of the demande."""

    def code_valide(self, liste: str, code: str) -> bool:
        """Whether the code is of that list on that day."""

    def territoire_de_commune(self, code: str) -> str | None:
        """Territory of a commune, ``None`` for an unknown code."""


class Limites(Protocol):
    """The dated parameters that controls need."""

    @property
    def localisations_max_ecran(self) -> int:
        """Places that a screen takes (8)."""

    @property
    def motifs_max_ecran(self) -> int:
        """Reasons that a screen takes (3)."""

    @property
    def age_minimum_avertissement(self) -> int:
        """An adult younger than this, in years, is remarked on (16)."""

    @property
    def age_maximum_avertissement(self) -> int:
        """Anyone older than this, in years, is remarked on (110)."""

    @property
    def naissance_prevue_max_mois(self) -> int:
        """A birth expected later than this many months is remarked on (10)."""

    @property
    def baisse_revenus_pourcent(self) -> int:
        """From this fall of income on, the last tax year is asked too (10)."""


@dataclass(frozen=True, slots=True)
class Contexte:
    """One content to control, on one day. ``nirs`` holds 15-sign numbers by person reference."""

    contenu: Contenu
    aujourd_hui: date
    references: References
    limites: Limites
    nirs: Mapping[str, str]

    def chemins_des_adultes(self) -> Iterator[tuple[str, str]]:
        """(reference, path) of each adult."""
        for reference, _ in adultes(self.contenu):
            yield reference, chemin_de(reference, self.contenu)

    def naissances(self) -> Iterator[tuple[str, date]]:
        """(path, date) of every birth date of the tree: adults, dependants, children, handicap sheets."""
        connus = dict(adultes(self.contenu))
        for reference, membre in membres(self.contenu):
            naissance = date_naissance(membre)
            bloc = f"{chemin_de(reference, self.contenu)}{'.identite' if reference in connus else ''}"
            if naissance is not None:
                yield f"{bloc}.date_naissance", naissance
        for rang, fiche in enumerate(self.contenu.handicaps):
            if fiche.date_naissance is not None:
                yield f"handicaps[{rang}].date_naissance", fiche.date_naissance


@dataclass(frozen=True, slots=True)
class Controle:
    """One control of the table.

    ``niveau`` is its weight on screens. An import blocks only on what the message must carry to be
    registered (``filaire``); the rest is said and stays to complete, because nothing else may refuse a
    number (CCH R441-2-3).
    """

    code: str
    niveau: Niveau
    fonction: Callable[[Contexte], Iterator[Constat]]
    filaire: bool = False

    def niveau_par(self, porte: Porte) -> Niveau:
        """Weight through one door."""
        if porte is Porte.IMPORT and not self.filaire:
            return Niveau.AVERTISSEMENT
        return self.niveau


def constat(chemin: str, suite: str) -> Constat:
    """A remark on one field, which the sentence starts by naming."""
    return chemin, f"{libelle(chemin)}{INSECABLE}: {suite}"
