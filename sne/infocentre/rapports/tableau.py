"""What a report shows: typed columns, lines and cells, the same for the page, the files and the charts."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class EtatCellule(StrEnum):
    """Why a cell shows what it shows. Absence is never zero: each of them has its own sign, on screen and in files."""

    VALEUR = "VALEUR"
    ZERO = "ZERO"
    VIDE = "VIDE"
    SANS_OBJET = "SANS_OBJET"
    NON_DISPONIBLE = "NON_DISPONIBLE"
    FRAGILE = "FRAGILE"
    TROP_PETIT = "TROP_PETIT"
    SECRET = "SECRET"  # noqa: S105 - a state of a cell


@dataclass(frozen=True, slots=True)
class Cellule:
    """One figure, with the integers that it is made of.

    ``valeur``: a count, or a ratio in the unit of its column (per cent, days); ``None`` in every state that shows no
    figure. ``numerateur`` and ``denominateur`` are the engine's integers, ``None`` where there are none. ``motif``:
    the French sentence that explains NON_DISPONIBLE, SANS_OBJET or SECRET. ``texte``: for a column of words.
    """

    etat: EtatCellule
    valeur: Decimal | int | None = None
    numerateur: int | None = None
    denominateur: int | None = None
    motif: str = ""
    texte: str = ""


@dataclass(frozen=True, slots=True)
class Colonne:
    """One column: an indicator in one version of its definition, with what its card says."""

    code: str
    libelle: str
    unite: str = ""  # "" for a count, "%", "jours"; "texte" for words
    decimales: int = 0
    definition: tuple[tuple[str, str], ...] = ()  # the lines of its card: ("Numérateur", "…"), in order


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line: a counter, a body, a territory… ``cle`` is unique in the table, ``niveau`` what kind of line it is."""

    cle: str
    libelle: str
    cellules: tuple[Cellule, ...]
    niveau: str = "GUICHET"


@dataclass(frozen=True, slots=True)
class Tableau:
    """A report, computed for one perimeter and one period, as known at one seal. Each line has one cell a column."""

    code: str
    titre: str
    version: int
    perimetre: str
    du: date
    au: date
    scellement: int
    scelle_le: datetime | None
    colonnes: tuple[Colonne, ...]
    lignes: tuple[Ligne, ...]
    filtres: tuple[tuple[str, str], ...] = ()
    avertissements: tuple[str, ...] = field(default=())
