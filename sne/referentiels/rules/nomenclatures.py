"""Code lists on a day: what a code means, whether it may be chosen, what to emit to older partners."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sne.referentiels.rules.fichiers import lire_json
from sne.referentiels.rules.periodes import TOUJOURS, Periode, en_vigueur

FICHIER = "nomenclatures.json"


@dataclass(frozen=True, slots=True)
class ValeurListe:
    """One code of one list, for the period in which it has this meaning."""

    liste: str
    code: str
    libelle: str
    rang: int  # order on screen
    obsolete: bool = False  # kept and re-emitted, never offered again
    repli: str = ""  # older code to emit to those who ignore this one
    source: str = ""
    periode: Periode = TOUJOURS


class Nomenclatures:
    """The lists in force on one day. A label stays readable after its code has ended."""

    def __init__(self, valeurs: Iterable[ValeurListe], le: date) -> None:
        histoires: dict[tuple[str, str], list[ValeurListe]] = {}
        self._listes: dict[str, dict[str, ValeurListe]] = {}
        for v in sorted(valeurs, key=lambda v: (v.liste, v.rang, v.periode.debut or date.min)):
            histoires.setdefault((v.liste, v.code), []).append(v)
            self._listes.setdefault(v.liste, {})
        self._dernieres = {cle: histoire[-1] for cle, histoire in histoires.items()}
        for (liste, code), histoire in histoires.items():
            valeur = en_vigueur(histoire, le)
            if valeur:
                self._listes[liste][code] = valeur

    @property
    def listes(self) -> tuple[str, ...]:
        """Names of the lists, sorted."""
        return tuple(self._listes)

    def valide(self, liste: str, code: str) -> bool:
        """Whether the code means something on that day, obsolete or not. ``KeyError``: unknown list."""
        return code in self._listes[liste]

    def libelle(self, liste: str, code: str) -> str:
        """French label; the last one once the code has ended, the raw code when it never existed."""
        valeur = self._listes[liste].get(code) or self._dernieres.get((liste, code))
        return valeur.libelle if valeur else code

    def choix(self, liste: str) -> tuple[tuple[str, str], ...]:
        """(code, label) pairs offered on screens, neither ended nor obsolete. ``KeyError``: unknown list."""
        return tuple((v.code, v.libelle) for v in self._listes[liste].values() if not v.obsolete)

    def repli(self, liste: str, code: str) -> str:
        """Code to emit to a partner who only knows the older list: the fall-back, else the code itself."""
        valeur = self._listes[liste].get(code)
        return valeur.repli or code if valeur else code


def valeurs_du_fichier(contenu: Mapping[str, Any]) -> tuple[ValeurListe, ...]:
    """Values of the file: ``{liste: {source, valeurs: [{code, libelle, obsolete?, repli?, debut?…}]}}``."""
    return tuple(
        ValeurListe(
            liste=liste,
            code=v["code"],
            libelle=v["libelle"],
            rang=rang,
            obsolete=v.get("obsolete", False),
            repli=v.get("repli", ""),
            source=v.get("source", description["source"]),
            periode=Periode.lire(v),
        )
        for liste, description in contenu.items()
        for rang, v in enumerate(description["valeurs"], start=1)
    )


@lru_cache(maxsize=1)
def valeurs_livrees() -> tuple[ValeurListe, ...]:
    """Values delivered with this version of the software."""
    return valeurs_du_fichier(lire_json(FICHIER))


@lru_cache(maxsize=8)
def nomenclatures_par_defaut(le: date) -> Nomenclatures:
    """The lists delivered with this version, on that day, without a database."""
    return Nomenclatures(valeurs_livrees(), le)
