"""Documents that may be asked of a household, as a dated catalogue: what, when, on which condition. Pure.

The list is closed by ministerial order (CCH R441-2-4-1): what is not in it may not be asked. The conditions are data
(:class:`Critere`, ``valeurs``); the register, which knows applications, is where they are read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sne.referentiels.rules.fichiers import lire_json
from sne.referentiels.rules.periodes import TOUJOURS, Periode, en_vigueur

FICHIER = "pieces.json"


class NiveauPiece(StrEnum):
    """When a document may be asked: A, B and C of the order, and what may never be asked.

    ``ACTE``: received with an act of a counter, and asked of nobody.
    """

    ENREGISTREMENT = "ENREGISTREMENT"
    INSTRUCTION = "INSTRUCTION"
    COMPLEMENT = "COMPLEMENT"
    ACTE = "ACTE"
    JAMAIS = "JAMAIS"


class PorteePiece(StrEnum):
    """Whose document it is: one per person named, or one for the household."""

    DEMANDEUR = "DEMANDEUR"
    COTITULAIRE = "COTITULAIRE"
    ADULTE = "ADULTE"
    CHARGE = "CHARGE"
    FOYER = "FOYER"


class Critere(StrEnum):
    """What makes a document expected; ``valeurs`` holds the codes that answer, when there are any."""

    TOUJOURS = "TOUJOURS"
    SUR_INDICATION = "SUR_INDICATION"  # never expected by itself: an agent may ask it when told of it
    NATIONALITE = "NATIONALITE"
    SITUATION_FAMILIALE = "SITUATION_FAMILIALE"
    STATUT_PROFESSIONNEL = "STATUT_PROFESSIONNEL"
    RESSOURCE = "RESSOURCE"
    BAISSE_DE_REVENUS = "BAISSE_DE_REVENUS"
    MINEUR = "MINEUR"
    NAISSANCE_PREVUE = "NAISSANCE_PREVUE"
    GARDE = "GARDE"
    OCCUPATION = "OCCUPATION"
    LOGEMENT_POSSEDE = "LOGEMENT_POSSEDE"
    MOTIF = "MOTIF"


@dataclass(frozen=True, slots=True)
class NaturePiece:
    """One paper that is accepted for a document: « passeport » for an identity document."""

    code: str
    libelle: str


@dataclass(frozen=True, slots=True)
class TypePiece:
    """One document of the catalogue. Tax years in ``libelle`` are ``{n}``, ``{n1}``, ``{n2}``: see :meth:`intitule`.

    ``natures``: papers accepted for it. ``repondent``: codes of other documents that answer as well. ``annee``: it is
    about the incomes of so many years before. ``validite_mois``: how long it counts from the day it was received, when
    it bears no end of its own. ``sante``: it says something of somebody's health.
    """

    code: str
    niveau: NiveauPiece
    libelle: str
    portee: PorteePiece
    critere: Critere
    rang: int
    exemples: str = ""
    valeurs: tuple[str, ...] = ()
    source: str = ""
    periode: Periode = TOUJOURS
    natures: tuple[NaturePiece, ...] = ()
    repondent: tuple[str, ...] = ()
    annee: int | None = None
    validite_mois: int | None = None
    sante: bool = False

    @property
    def demandable(self) -> bool:
        """Whether a household may be asked for it."""
        return self.niveau not in {NiveauPiece.JAMAIS, NiveauPiece.ACTE}

    def intitule(self, jour: date) -> str:
        """The label on that day, with the years of income and of tax notice it stands for."""
        return self.libelle.format(n=jour.year, n1=jour.year - 1, n2=jour.year - 2)

    def intitule_de(self, annee: int | None, jour: date) -> str:
        """The label of a document about the incomes of ``annee``, or as :meth:`intitule` says."""
        if annee is None or self.annee is None:
            return self.intitule(jour)
        return self.intitule(date(annee + self.annee, 1, 1))

    def annee_attendue(self, jour: date) -> int | None:
        """The year of incomes that this document is about on that day; it turns on 1 January."""
        return None if self.annee is None else jour.year - self.annee

    def nature(self, code: str) -> str:
        """Label of a paper accepted for it; empty for one that is not."""
        return next((n.libelle for n in self.natures if n.code == code), "")

    def code_de_nature(self, libelle: str) -> str:
        """Code of a paper accepted for it, from its label; empty for one that is not."""
        return next((n.code for n in self.natures if n.libelle == libelle), "")


class CataloguePieces:
    """The documents in force on one day, in the order of the order."""

    def __init__(self, types: Iterable[TypePiece], le: date) -> None:
        histoires: dict[str, list[TypePiece]] = {}
        for type_piece in types:
            histoires.setdefault(type_piece.code, []).append(type_piece)
        trouves = [t for histoire in histoires.values() if (t := en_vigueur(histoire, le))]
        self.types = tuple(sorted(trouves, key=lambda t: t.rang))
        self._par_code = {t.code: t for t in self.types}

    def get(self, code: str) -> TypePiece:
        """The document of this code. Raises ``KeyError`` when none is in force."""
        return self._par_code[code]

    def de_niveau(self, niveau: NiveauPiece) -> tuple[TypePiece, ...]:
        """The documents of this level, whether or not a household has to produce them."""
        return tuple(t for t in self.types if t.niveau is niveau)


def types_du_fichier(contenu: Mapping[str, Any]) -> tuple[TypePiece, ...]:
    """Documents of the file: ``{source, debut, types: [{code, niveau, portee, critere, libelle, …}]}``.

    Raises ``ValueError`` for an unknown level, scope or condition.
    """
    return tuple(
        TypePiece(
            code=t["code"],
            niveau=NiveauPiece(t["niveau"]),
            libelle=t["libelle"],
            portee=PorteePiece(t["portee"]),
            critere=Critere(t["critere"]),
            rang=rang,
            exemples=t["exemples"],
            valeurs=tuple(t.get("valeurs", ())),
            source=t.get("source", contenu["source"]),
            periode=Periode.lire(t, debut=contenu["debut"]),
            natures=natures_lues(t.get("natures", {})),
            repondent=tuple(t.get("repondent", ())),
            annee=t.get("annee"),
            validite_mois=t.get("validite_mois"),
            sante=t.get("sante", False),
        )
        for rang, t in enumerate(contenu["types"], start=1)
    )


def natures_lues(natures: Mapping[str, str]) -> tuple[NaturePiece, ...]:
    """Papers as they are stored: label by code."""
    return tuple(NaturePiece(code, libelle) for code, libelle in natures.items())


@lru_cache(maxsize=1)
def types_livres() -> tuple[TypePiece, ...]:
    """The documents delivered with this version of the software."""
    return types_du_fichier(lire_json(FICHIER))


@lru_cache(maxsize=8)
def catalogue_par_defaut(le: date) -> CataloguePieces:
    """The catalogue delivered with this version, on that day, without a database."""
    return CataloguePieces(types_livres(), le)
