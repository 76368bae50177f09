"""What a control looks at, and what it answers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Protocol

from sne.registre.contenu.parametres import ParametresContenu
from sne.registre.contenu.rules.anomalie import Niveau
from sne.registre.contenu.rules.arbre.champs import Feuille, libelle, valeurs
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.arbre.references import Adulte, adultes, chemins, date_naissance, membres
from sne.socle.acteur import Canal
from sne.socle.signes import INSECABLE

Constat = tuple[str, str]
"""Path and French sentence."""


class Porte(StrEnum):
    """Where the content comes from: typed on a screen, received from a vendor's software, taken over from a file."""

    ECRAN = "ECRAN"
    INTERFACE = "INTERFACE"
    IMPORT = "IMPORT"


def porte_de(canal: Canal) -> Porte:
    """The door that an act of this channel comes through; a former system is taken over by a door of its own."""
    return Porte.INTERFACE if canal is Canal.INTERFACE else Porte.ECRAN


class References(Protocol):
    """The reference data that controls need, for one day and one territory."""

    @property
    def territoire(self) -> str:
        """Territory of the demande."""

    def code_valide(self, liste: str, code: str) -> bool:
        """Whether the code is of that list on that day."""

    def territoire_de_commune(self, code: str) -> str | None:
        """Territory of a commune, ``None`` for an unknown code."""


@dataclass(frozen=True)
class Contexte:
    """One content to control, on one day. ``nirs`` holds 15-sign numbers by person reference.

    ``releve``: its leaves, of whoever has read them already.
    """

    contenu: Contenu
    aujourd_hui: date
    references: References
    limites: ParametresContenu
    nirs: Mapping[str, str]
    releve: Sequence[Feuille] | None = None

    @cached_property
    def valeurs(self) -> Sequence[Feuille]:
        """Every filled leaf of the tree, walked once for all the controls that look at them."""
        return valeurs(self.contenu) if self.releve is None else self.releve

    @cached_property
    def adultes(self) -> tuple[tuple[str, str, Adulte], ...]:
        """(reference, path, adult) of the applicant and the co-holders."""
        return tuple(
            (reference, self.chemins[reference], adulte) for reference, adulte in adultes(self.contenu)
        )

    @cached_property
    def chemins(self) -> Mapping[str, str]:
        """Path of every member of the household, by reference."""
        return chemins(self.contenu)

    @cached_property
    def naissances(self) -> tuple[tuple[str, date], ...]:
        """(path, date) of every birth date of the tree: adults, dependants, children, handicap sheets."""
        dates = {
            f"{self.chemins[reference]}{'.identite' if isinstance(membre, Adulte) else ''}": date_naissance(
                membre
            )
            for reference, membre in membres(self.contenu)
        }
        dates |= {f"handicaps[{rang}]": f.date_naissance for rang, f in enumerate(self.contenu.handicaps)}
        return tuple((f"{bloc}.date_naissance", jour) for bloc, jour in dates.items() if jour is not None)


@dataclass(frozen=True, slots=True)
class Controle:
    """One control of the table.

    ``niveau`` is its weight on screens. An import blocks only on what the message must carry to be
    registered (``filaire``); an interface, on what it could not keep either (``illisible``); the rest is said
    and stays to complete, because nothing else may refuse a number (CCH R441-2-3).
    """

    code: str
    niveau: Niveau
    fonction: Callable[[Contexte], Iterator[Constat]]
    filaire: bool = False
    illisible: bool = False

    def niveau_par(self, porte: Porte) -> Niveau:
        """Weight through one door."""
        bloque = {
            Porte.ECRAN: True,
            Porte.INTERFACE: self.filaire or self.illisible,
            Porte.IMPORT: self.filaire,
        }
        return self.niveau if bloque[porte] else Niveau.AVERTISSEMENT


def constat(chemin: str, suite: str) -> Constat:
    """A remark on one field, which the sentence starts by naming."""
    return chemin, f"{libelle(chemin)}{INSECABLE}: {suite}"
