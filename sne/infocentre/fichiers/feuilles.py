"""A report as the three sheets of its files: « Données », « Définitions », « Lecture ». Pure.

A file says what it is two years later: each figure with the integers that it is made of and the state that it is in,
the definition of each column, and what was read, of where and when.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import chain, compress
from operator import attrgetter

from sne.infocentre.rapports.rules.grains import Grain
from sne.infocentre.rapports.rules.lignes import DECIMALES_D_UNE_MOYENNE
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Tableau
from sne.referentiels.rules import PARIS
from sne.socle.signes import INSECABLE

Valeur = str | int | Decimal | date | datetime | None
"""What one cell of a file holds; ``None`` is an empty one. A code is a text, whatever its digits."""

DECIMALES_MAX = 4  # shown of a figure
DONNEES, DEFINITIONS, LECTURE = "Données", "Définitions", "Lecture"


class Genre(StrEnum):
    """What a column of a file holds."""

    TEXTE = "TEXTE"
    ENTIER = "ENTIER"
    DECIMAL = "DECIMAL"


SENS_DES_ETATS: Mapping[EtatCellule, str] = {
    EtatCellule.VALEUR: "La valeur est dans la colonne qui précède.",
    EtatCellule.ZERO: "Compté, et il n’y en a aucun.",
    EtatCellule.VIDE: f"Le dénominateur est zéro{INSECABLE}: il n’y a pas de taux.",
    EtatCellule.SANS_OBJET: "L’indicateur ne concerne pas cette ligne.",
    EtatCellule.NON_DISPONIBLE: "La donnée manque, pour la raison dite en fin de ligne. Ce n’est pas zéro.",
    EtatCellule.FRAGILE: f"Petit dénominateur{INSECABLE}: une demande de plus ou de moins change beaucoup ce taux.",
    EtatCellule.TROP_PETIT: f"Trop peu de cas pour un taux{INSECABLE}: les deux comptes seuls sont donnés.",
    EtatCellule.SECRET: "Couvert par le secret statistique.",
}
TUS = frozenset({EtatCellule.SANS_OBJET, EtatCellule.NON_DISPONIBLE, EtatCellule.SECRET})
"""States in which a file shows no figure of the cell at all, whatever the cell holds."""
SANS_VALEUR = TUS | {EtatCellule.VIDE, EtatCellule.TROP_PETIT}
"""States without a ratio; the counts of the last two are shown."""


@dataclass(frozen=True, slots=True)
class Entete:
    """One column of a sheet. ``decimales``: of a figure, as it is shown; ``code``: its name for programs."""

    code: str
    libelle: str
    genre: Genre = Genre.TEXTE
    decimales: int = 0


ENTETES_DES_DEFINITIONS = (
    Entete("code", "Code"),
    Entete("colonne", "Colonne"),
    Entete("rubrique", "Rubrique"),
    Entete("definition", "Définition"),
)
ENTETES_DE_LECTURE = (Entete("quoi", "Quoi"), Entete("valeur", "Valeur"))


@dataclass(frozen=True, slots=True)
class Feuille:
    """One sheet: each line has as many values as there are columns. Read once."""

    nom: str
    entetes: tuple[Entete, ...]
    lignes: Iterable[Sequence[Valeur]]


def feuilles(tableau: Tableau, *, par: str = "", fait_le: datetime | None = None) -> tuple[Feuille, ...]:
    """The three sheets, in their order."""
    return (
        Feuille(DONNEES, entetes(tableau), donnees(tableau)),
        Feuille(DEFINITIONS, ENTETES_DES_DEFINITIONS, definitions(tableau)),
        Feuille(LECTURE, ENTETES_DE_LECTURE, lecture(tableau, par=par, fait_le=fait_le)),
    )


def entetes(tableau: Tableau) -> tuple[Entete, ...]:
    """Columns of the data: what the line is, then each indicator with what it is made of, then reasons in words.

    Two indicators of one label are told apart by their codes.
    """
    memes = Counter(c.libelle for c in tableau.colonnes)
    moyennes = any(ligne.niveau == Grain.MOYENNE for ligne in tableau.lignes)
    suite = [
        e
        for c in tableau.colonnes
        for e in _entetes_de(
            c, double=memes[c.libelle] > 1, decimales=DECIMALES_D_UNE_MOYENNE if moyennes else 0
        )
    ]
    return (
        Entete("code", "Code"),
        Entete("libelle", "Libellé"),
        Entete("niveau", "Niveau"),
        *suite,
        Entete("raisons", "Raisons"),
    )


def donnees(tableau: Tableau) -> Iterator[list[Valeur]]:
    """One list a line, of the length of :func:`entetes`; written for hundreds of thousands of them."""
    genres = [(c.unite == "texte", est_un_rapport(c)) for c in tableau.colonnes]
    for ligne in tableau.lignes:
        rangee: list[Valeur] = [ligne.cle, ligne.libelle, ligne.niveau]
        motifs = False
        for cellule, (en_mots, large) in zip(ligne.cellules, genres, strict=True):
            etat = cellule.etat
            if cellule.motif:
                motifs = True
            if en_mots:
                rangee.append(cellule.texte or None)
                continue
            valeur = (
                None if etat in SANS_VALEUR else cellule.valeur
            )  # a cell that counted nothing holds its 0
            if not large:
                rangee += (valeur, etat)
            elif etat in TUS:
                rangee += (None, None, None, etat)
            else:
                rangee += (valeur, cellule.numerateur, cellule.denominateur, etat)
        rangee.append(_raisons(tableau.colonnes, ligne.cellules) if motifs else None)
        yield rangee


def definitions(tableau: Tableau) -> Iterator[tuple[str, str, str, str]]:
    """The card of each column, line by line: code, label, heading, words."""
    for colonne in tableau.colonnes:
        for intitule, mots in colonne.definition:
            yield colonne.code, colonne.libelle, intitule, mots


def lecture(
    tableau: Tableau, *, par: str = "", fait_le: datetime | None = None
) -> Iterator[tuple[str, Valeur]]:
    """What the file is: report, version, place, period, filters, seal, hour, who took it; then what the states mean."""
    yield "Rapport", f"{tableau.code}, {tableau.titre}"
    yield "Version du rapport", tableau.version
    yield "Périmètre", tableau.perimetre
    yield "Du", tableau.du
    yield "Au (compris)", tableau.au
    for nom, choix in tableau.filtres:
        yield f"Filtre{INSECABLE}: {nom}", choix
    yield "Connu au scellement", tableau.scellement
    yield "Scellé le (heure de Paris)", tableau.scelle_le and tableau.scelle_le.astimezone(PARIS)
    if fait_le is not None:
        yield "Fichier fait le", fait_le
    if par:
        yield "Fait par", par
    yield "Lignes", len(tableau.lignes)
    for avertissement in tableau.avertissements:
        yield "Avertissement", avertissement
    chiffres = [colonne.unite != "texte" for colonne in tableau.colonnes]
    cellules = chain.from_iterable(compress(ligne.cellules, chiffres) for ligne in tableau.lignes)
    comptes = Counter(map(attrgetter("etat"), cellules))
    for etat, sens in SENS_DES_ETATS.items():
        yield f"État {etat.value}, {comptes[etat]} cellule(s)", sens


def est_un_rapport(colonne: Colonne) -> bool:
    """Whether a figure of this column is made of two: a share, a mean."""
    return colonne.unite not in {"", "texte"} or bool(colonne.decimales)


def _entetes_de(colonne: Colonne, *, double: bool, decimales: int) -> Sequence[Entete]:
    """``decimales``: of a count, where a line shares it out among counters."""
    code, nom = colonne.code, f"{colonne.libelle} [{colonne.code}]" if double else colonne.libelle
    etat = Entete(f"{code}_etat", f"{nom}, état")
    if colonne.unite == "texte":
        return [Entete(code, nom)]
    if not est_un_rapport(colonne):
        return [Entete(code, nom, Genre.DECIMAL if decimales else Genre.ENTIER, decimales), etat]
    return [
        Entete(code, f"{nom} ({colonne.unite})" if colonne.unite else nom, Genre.DECIMAL, colonne.decimales),
        Entete(f"{code}_numerateur", f"{nom}, numérateur", Genre.ENTIER),
        Entete(f"{code}_denominateur", f"{nom}, dénominateur", Genre.ENTIER),
        etat,
    ]


def _raisons(colonnes: Sequence[Colonne], cellules: Sequence[Cellule]) -> str:
    dites = (f"{c.libelle}{INSECABLE}: {x.motif}" for c, x in zip(colonnes, cellules, strict=True) if x.motif)
    return " · ".join(dites)
