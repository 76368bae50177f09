"""The recap in words: months, figures, lines, and the links that sort them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sne.registre.listes.rules.listes import milliers
from sne.socle.signes import INSECABLE
from sne.suivi.rules.colonnes import COLONNES, PAR_CODE, Colonne, Forme
from sne.suivi.rules.recapitulatif import LigneRecapitulatif, SeuilsAlerte

EN_TETE_DE_LIGNE = ("guichet", "libelle", "organisme", "type")
"""Columns that the first two cells of a line say together."""
JOUR, HEURE = 24 * 60, 60  # minutes
SANS_TOTAL = "pas de total"


@dataclass(frozen=True, slots=True)
class Entete:
    """Title of a column on screen.

    ``adresse``: the page sorted by this column; ``sens``: its present order, for ``aria-sort``.
    """

    titre: str
    adresse: str
    sens: str
    nombre: bool


@dataclass(frozen=True, slots=True)
class Cellule:
    """One figure on screen, under its title; ``absence`` says in words why there is none."""

    titre: str
    texte: str
    absence: str
    nombre: bool


@dataclass(frozen=True, slots=True)
class LigneAffichee:
    """One counter."""

    code: str
    libelle: str
    organisme: str
    type: str
    alerte: bool
    cellules: list[Cellule]


def chiffres() -> list[Colonne]:
    """Columns that have a cell of their own."""
    return [c for c in COLONNES if c.code not in EN_TETE_DE_LIGNE and c.forme is not Forme.OUI_NON]


def presenter(lignes: Iterable[LigneRecapitulatif], colonnes: Sequence[Colonne]) -> list[LigneAffichee]:
    """Lines as they are read, with these columns of figures."""
    return [
        LigneAffichee(
            code=ligne.activite.guichet,
            libelle=ligne.fiche.libelle if ligne.fiche else ligne.activite.guichet,
            organisme=ligne.fiche.organisme_nom if ligne.fiche else "",
            type=str(PAR_CODE["type"].valeur(ligne)),
            alerte=ligne.alerte,
            cellules=[_cellule(colonne, ligne) for colonne in colonnes],
        )
        for ligne in lignes
    ]


def totaliser(lignes: Sequence[LigneRecapitulatif], colonnes: Sequence[Colonne]) -> list[Cellule]:
    """The territory under its counters: counts are summed; a share, a delay or a rate of several is not their sum."""
    return [
        Cellule(colonne.court, milliers(sum(int(colonne.valeur(x) or 0) for x in lignes)), "", nombre=True)
        if colonne.forme is Forme.NOMBRE and colonne.code != "agents"  # one person may act at two counters
        else Cellule(colonne.court, "", SANS_TOTAL, nombre=True)
        for colonne in colonnes
    ]


def entetes(
    triee: Colonne, colonnes: Sequence[Colonne], *, decroissant: bool, garde: Mapping[str, str | list[str]]
) -> list[Entete]:
    """Titles in the order of the cells. ``garde``: what the address keeps."""
    return [
        Entete(
            titre=colonne.court,
            adresse="?"
            + urlencode(
                {**garde, "tri": colonne.code, "ordre": _suivant(colonne, triee, decroissant)}, doseq=True
            ),
            sens=("descending" if decroissant else "ascending") if colonne is triee else "",
            nombre=colonne.forme not in (Forme.TEXTE, Forme.OUI_NON),
        )
        for colonne in (PAR_CODE["libelle"], PAR_CODE["alerte"], PAR_CODE["organisme"], *colonnes)
    ]


def regle_en_mots(seuils: SeuilsAlerte) -> str:
    """When a counter is flagged, with the figures of that month."""
    rapport = en_decimal(seuils.rapport) if seuils.rapport % 1 else str(int(seuils.rapport))
    return (
        f"Un guichet est signalé à partir de {seuils.nombre}{INSECABLE}changements de nom de naissance, mineurs ou "
        f"majeurs, s’il en fait plus de {rapport}{INSECABLE}fois ce que fait le territoire à volume égal, ou si le "
        f"hasard en donnerait autant moins de {en_decimal(seuils.hasard * 100)}{INSECABLE}fois sur 100."
    )


def en_decimal(valeur: float, chiffres_: int = 1) -> str:
    """« 8,6 », « 1 »."""
    texte = f"{valeur:.{chiffres_}f}"
    return (texte.rstrip("0").rstrip(".") if "." in texte else texte).replace(".", ",")


def duree(minutes: int) -> str:
    """« 45 min », « 3 h », « 2 j 4 h »: the largest unit and the next one; minutes say nothing beside days."""
    jours, reste = divmod(minutes, JOUR)
    heures, restantes = divmod(reste, HEURE)
    parts = [(jours, "j"), (heures, "h"), (0 if jours else restantes, "min")]
    dites = [f"{nombre}{INSECABLE}{unite}" for nombre, unite in parts if nombre]
    return f"{INSECABLE}".join(dites) or f"0{INSECABLE}min"


def _cellule(colonne: Colonne, ligne: LigneRecapitulatif) -> Cellule:
    valeur = colonne.valeur(ligne)
    absence = colonne.absence if valeur is None else ""
    return Cellule(colonne.court, "" if absence else _texte(colonne.forme, valeur), absence, nombre=True)


def _texte(forme: Forme, valeur: object) -> str:
    match forme, valeur:
        case Forme.NOMBRE, int():
            return milliers(valeur)
        case Forme.DUREE, int():
            return duree(valeur)
        case Forme.PART, float():
            return f"{round(valeur * 100)}{INSECABLE}%"
        case Forme.DECIMAL, float():
            return f"{valeur:.1f}".replace(".", ",")
    return str(valeur)


def _suivant(colonne: Colonne, triee: Colonne, decroissant: bool) -> str:
    """Figures are first sorted from the largest, words in the order of the alphabet; then the other way."""
    if colonne is triee:
        return "croissant" if decroissant else "decroissant"
    return "croissant" if colonne.forme is Forme.TEXTE else "decroissant"
