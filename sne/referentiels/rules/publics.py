"""Priority publics: a code of ours that never changes, and the letter of the law it bears for a time. Pure.

The letters of CCH L441-1 were moved by several laws and will be again: rows store the code, screens show the letter.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sne.referentiels.rules.fichiers import lire_json
from sne.referentiels.rules.periodes import TOUJOURS, Periode, en_vigueur

FICHIER = "publics_prioritaires.json"


class ClassePublic(StrEnum):
    """What belonging to a public says of a household, hence who may read it."""

    ORDINAIRE = "ORDINAIRE"
    TRES_PERSONNEL = "TRES_PERSONNEL"
    SANTE = "SANTE"


@dataclass(frozen=True, slots=True)
class PublicPrioritaire:
    """One public, for the period in which it has this letter; no letter: it is not one of L441-1."""

    code: str
    lettre: str
    libelle: str
    classe: ClassePublic
    rang: int
    source: str = ""
    periode: Periode = TOUJOURS

    @property
    def intitule(self) -> str:
        """Words for screens: « Menacé d’expulsion sans relogement (L. 441-1, l) »."""
        return f"{self.libelle} (L.\u00a0441-1, {self.lettre})" if self.lettre else self.libelle


class CataloguePublics:
    """The publics in force on one day. A public stays readable after it has ended."""

    def __init__(self, publics: Iterable[PublicPrioritaire], le: date) -> None:
        histoires: dict[str, list[PublicPrioritaire]] = {}
        for public in sorted(publics, key=lambda p: p.periode.debut or date.min):
            histoires.setdefault(public.code, []).append(public)
        self._dernieres = {code: histoire[-1] for code, histoire in histoires.items()}
        trouves = [p for histoire in histoires.values() if (p := en_vigueur(histoire, le))]
        self.publics = tuple(sorted(trouves, key=lambda p: p.rang))
        self.codes = frozenset(p.code for p in self.publics)

    def lire(self, codes: Collection[str]) -> tuple[PublicPrioritaire, ...]:
        """These publics as they read on that day, ended ones as they last read; codes never known are left out."""
        presents = {p.code: p for p in self.publics}
        lus = [presents.get(code) or self._dernieres.get(code) for code in codes]
        return tuple(sorted((p for p in lus if p), key=lambda p: p.rang))


def publics_du_fichier(contenu: Mapping[str, Any]) -> tuple[PublicPrioritaire, ...]:
    """Publics of the file: ``{source, publics: [{code, libelle, classe, lettre?, source?, debut?, fin?}]}``.

    Raises ``ValueError`` for an unknown class.
    """
    return tuple(
        PublicPrioritaire(
            code=p["code"],
            lettre=p.get("lettre", ""),
            libelle=p["libelle"],
            classe=ClassePublic(p["classe"]),
            rang=rang,
            source=p.get("source", contenu["source"]),
            periode=Periode.lire(p),
        )
        for rang, p in enumerate(contenu["publics"], start=1)
    )


@lru_cache(maxsize=1)
def publics_livres() -> tuple[PublicPrioritaire, ...]:
    """The publics delivered with this version of the software."""
    return publics_du_fichier(lire_json(FICHIER))


@lru_cache(maxsize=8)
def publics_par_defaut(le: date) -> CataloguePublics:
    """The publics delivered with this version, on that day, without a database."""
    return CataloguePublics(publics_livres(), le)
