"""Dated parameters: the figures that the law or the national operator may change, never constants.

A module declares its own in its ``parametres.py``, a :class:`Groupe`, and says in ``parametres.json``, beside it, what
each is, in which unit, from which source, and its delivered values. Both are found when the application starts.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Annotated, Any, Self, cast

from pydantic import BaseModel, ConfigDict, Field

from sne.referentiels.rules.periodes import TOUJOURS, Periode, en_vigueur

Nombre = Annotated[int, Field(ge=0)]
Duree = Annotated[int, Field(ge=1)]
Score = Annotated[float, Field(ge=0)]
Part = Annotated[float, Field(ge=0, le=1)]
Fraction = Annotated[float, Field(gt=0, lt=1)]
Jours = Annotated[int, Field(ge=0, le=36_500)]
Courriel = Annotated[str, Field(pattern=r"^[^@\s]{1,64}@[^@\s]{1,190}$")]
HeureDuJour = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


@dataclass(frozen=True, slots=True)
class ValeurDatee:
    """One value of one parameter for one period, with what a reader needs to understand it."""

    code: str
    valeur: Any  # JSON: number, text, boolean
    periode: Periode = TOUJOURS
    libelle: str = ""
    unite: str = ""
    source: str = ""


class Groupe(BaseModel):
    """The parameters of one module, in force on one day."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


@dataclass(frozen=True, slots=True)
class Parametres:
    """Every parameter in force on one day: ``parametres[ParametresDemande].delaiz_mois``."""

    groupes: Mapping[type[Groupe], Groupe]

    def __getitem__[G: Groupe](self, groupe: type[G]) -> G:
        return cast("G", self.groupes[groupe])

    def avec(self, **valeurs: Any) -> Self:
        """The same with other values, each by its code. Raises ``KeyError``, ``pydantic.ValidationError``."""
        autres: dict[type[Groupe], dict[str, Any]] = defaultdict(dict)
        for code, valeur in valeurs.items():
            autres[codes()[code]][code] = valeur
        changes = {g: g.model_validate(self.groupes[g].model_dump() | lues) for g, lues in autres.items()}
        return replace(self, groupes={**self.groupes, **changes})


def par_code(groupes: Sequence[type[Groupe]]) -> Mapping[str, type[Groupe]]:
    """The group of each parameter, by its code. Raises ``ValueError`` where two declare the same."""
    trouves = {code: groupe for groupe in groupes for code in groupe.model_fields}
    if len(trouves) != sum(len(groupe.model_fields) for groupe in groupes):
        raise ValueError("two modules declare the same parameter")
    return MappingProxyType(trouves)


@cache
def codes() -> Mapping[str, type[Groupe]]:
    """The group of each parameter that a module declares, by its code."""
    return par_code(Groupe.__subclasses__())


def valeurs_du_fichier(contenu: Mapping[str, Any]) -> tuple[ValeurDatee, ...]:
    """Values of the file: ``{code: {libelle, unite, source, valeurs: [{valeur, debut?, fin?}]}}``."""
    return tuple(
        ValeurDatee(
            code=code,
            valeur=v["valeur"],
            periode=Periode.lire(v),
            libelle=description["libelle"],
            unite=description["unite"],
            source=description["source"],
        )
        for code, description in contenu.items()
        for v in description["valeurs"]
    )


def fichier_de(groupe: type[Groupe]) -> Traversable:
    """Where the module of this group says what its parameters are."""
    return files(groupe.__module__.rpartition(".")[0]) / "parametres.json"


def textes_livres() -> str:
    """The files of every module, one after the other: what tells whether their values must be loaded again."""
    return "".join(
        sorted(fichier_de(groupe).read_text(encoding="utf-8") for groupe in Groupe.__subclasses__())
    )


@cache
def valeurs_livrees() -> tuple[ValeurDatee, ...]:
    """Values delivered with this version of the software."""
    fichiers = (fichier_de(groupe) for groupe in Groupe.__subclasses__())
    return tuple(v for f in fichiers for v in valeurs_du_fichier(json.loads(f.read_text(encoding="utf-8"))))


def groupe_en_vigueur[G: Groupe](groupe: type[G], valeurs: Sequence[ValeurDatee], le: date) -> G:
    """The parameters of one group on that day: those of ``valeurs``, and the delivered one for a code they do not hold.

    Raises ``pydantic.ValidationError`` naming a parameter whose value is missing or out of bounds.
    """
    trouvees: dict[str, Any] = {}
    for source in (valeurs_livrees(), valeurs):
        for code in groupe.model_fields:
            datee = en_vigueur((v for v in source if v.code == code), le)
            if datee:
                trouvees[code] = datee.valeur
    return groupe(**trouvees)


def parametres_en_vigueur(valeurs: Iterable[ValeurDatee], le: date) -> Parametres:
    """The parameters on that day: those of ``valeurs``, and the delivered one for a code they do not hold.

    A code that this version does not know is ignored, and a missing one takes its delivered value: two
    releases may run side by side on the same tables. Raises ``pydantic.ValidationError`` naming a parameter
    whose value is missing or out of bounds.
    """
    lues = tuple(valeurs)
    return Parametres({groupe: groupe_en_vigueur(groupe, lues, le) for groupe in Groupe.__subclasses__()})


@lru_cache(maxsize=64)
def parametres_par_defaut(le: date) -> Parametres:
    """The parameters delivered with this version, on that day, without a database."""
    return parametres_en_vigueur((), le)
