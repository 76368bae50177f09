"""A line over months, with a gap where a month has no figure; a second one, dashed, to compare with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sne.infocentre.dessins.cadre import Cadre, Dessin, dessiner, place
from sne.infocentre.dessins.echelle import graduer
from sne.infocentre.dessins.mots import Mesure, chiffrer, conclure_une_courbe, valeur_de
from sne.infocentre.rapports.tableau import Cellule, EtatCellule
from sne.socle.signes import nom_du_mois

HAUTEUR = {True: 300, False: 240}
GAUCHE, DROITE, BAS = 64, 36, 46
NOM, LIGNE_DE_NOM = 16, 18  # where the name of the first series is, and how far the next one is below
ETIQUETTES = {True: 12, False: 4}  # months named along the axis, at most
COURTS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


@dataclass(frozen=True, slots=True)
class Serie:
    """One line: its name, and a figure a month, in order; every series of a drawing has the same months."""

    nom: str
    points: Sequence[tuple[date, Cellule]]


@dataclass(frozen=True, slots=True)
class Point:
    """A mark; hollow when the figure is fragile."""

    x: str
    y: str
    fragile: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """One series: its pieces between gaps, its marks, and its name above the drawing."""

    nom: str
    y_nom: int
    morceaux: tuple[str, ...]
    points: tuple[Point, ...]
    rang: int


@dataclass(frozen=True, slots=True)
class Etiquette:
    """Words along an axis, where they are."""

    place: str
    texte: str


@dataclass(frozen=True, slots=True)
class Courbe:
    """Everything that the template draws."""

    hauteur: int
    bord: int
    fond: int
    gauche: int
    ordonnees: tuple[Etiquette, ...]
    abscisses: tuple[Etiquette, ...]
    absents: tuple[Etiquette, ...]
    traces: tuple[Trace, ...]


def courbe(mesure: Mesure, series: Sequence[Serie], *, identifiant: str, tableau: str = "") -> Dessin:
    """One or two series over months; the sentence and the figures in words are those of the first."""
    premiere = series[0]
    return dessiner(
        "infocentre/dessins/courbe.html",
        lambda cadre: _composer(mesure, series, cadre),
        identifiant=identifiant,
        titre=mesure.nom,
        phrase=conclure_une_courbe(mesure, premiere.points),
        lignes=[(nom_du_mois(jour).capitalize(), mesure.montrer(c)) for jour, c in premiere.points],
        tableau=tableau,
    )


def _composer(mesure: Mesure, series: Sequence[Serie], cadre: Cadre) -> Courbe:
    jours = [jour for jour, _ in series[0].points]
    chiffres = [v for serie in series for _, c in serie.points if (v := valeur_de(c)) is not None]
    bornes = graduer(chiffres, entier=not mesure.decimales)
    hauteur = HAUTEUR[cadre.large]
    fond, bord, haut = hauteur - BAS, cadre.largeur - DROITE, NOM + LIGNE_DE_NOM * len(series)
    pas = (bord - GAUCHE) / max(1, len(jours) - 1)

    def x(rang: int) -> float:
        return GAUCHE + pas * rang

    def y(valeur: Decimal) -> float:
        return fond - (fond - haut) * float((valeur - bornes[0]) / (bornes[-1] - bornes[0]))

    chaque = -(-len(jours) // ETIQUETTES[cadre.large])
    return Courbe(
        hauteur=hauteur,
        bord=bord,
        fond=fond,
        gauche=GAUCHE,
        ordonnees=tuple(Etiquette(place(y(b)), chiffrer(b, mesure.decimales)) for b in bornes),
        abscisses=tuple(
            Etiquette(place(x(rang)), _court(jour)) for rang, jour in enumerate(jours) if rang % chaque == 0
        ),
        absents=tuple(
            Etiquette(place(x(rang)), mesure.montrer(c))
            for rang, c in _absents([c for _, c in series[0].points], chaque)
        ),
        traces=tuple(_trace(serie, rang, x, y) for rang, serie in enumerate(series)),
    )


def _absents(cellules: Sequence[Cellule], chaque: int) -> Iterator[tuple[int, Cellule]]:
    """The months without a figure that have room for their sign: as far from each other as months that are named."""
    dernier = -chaque
    for rang, cellule in enumerate(cellules):
        if valeur_de(cellule) is None and rang - dernier >= chaque:
            yield rang, cellule
            dernier = rang


def _trace(serie: Serie, rang: int, x: Callable[[int], float], y: Callable[[Decimal], float]) -> Trace:
    morceaux: list[list[str]] = [[]]
    points = []
    for quand, (_, cellule) in enumerate(serie.points):
        valeur = valeur_de(cellule)
        if valeur is None:
            morceaux.append([])
            continue
        point = Point(place(x(quand)), place(y(valeur)), cellule.etat is EtatCellule.FRAGILE)
        points.append(point)
        morceaux[-1].append(f"{point.x},{point.y}")
    return Trace(
        serie.nom,
        NOM + LIGNE_DE_NOM * rang,
        tuple(" ".join(m) for m in morceaux if len(m) > 1),
        tuple(points),
        rang,
    )


def _court(jour: date) -> str:
    return f"{COURTS[jour.month - 1]} {jour.year % 100:02d}"
