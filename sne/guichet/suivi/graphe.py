"""The funnel as a drawing: coordinates of zones, marks and words, for one width of screen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sne.socle.signes import en_chiffres
from sne.suivi.rules.entonnoir import (
    POUR_MILLE,
    Entonnoir,
    Limite,
    Point,
    Position,
    virgule,
)

GRADUATIONS = 5
PAS_RONDS = (1, 2, 5)
MARGE_HAUTE = 1.15  # above the highest mark
ZONE_MIN = 3  # times the rate: the height of the drawing when every counter is ordinary
MARQUES = {
    Position.SIGNALEE: "losange",
    Position.HAUTE: "triangle",
    Position.ATTENDUE: "rond",
    Position.BASSE: "rond",
}
"""Shapes, since a colour alone says nothing to everybody."""


@dataclass(frozen=True, slots=True)
class Cadre:
    """A size of drawing, in its own units; ``noms``: marks bear the name of the counter, its code otherwise."""

    largeur: int
    hauteur: int
    gauche: int
    bas: int
    noms: bool


LARGE = Cadre(largeur=900, hauteur=420, gauche=56, bas=56, noms=True)
ETROIT = Cadre(largeur=340, hauteur=340, gauche=40, bas=56, noms=False)
HAUT, DROITE = 32, 28


@dataclass(frozen=True, slots=True)
class Graduation:
    """One figure along an axis, where it is."""

    place: float
    texte: str


@dataclass(frozen=True, slots=True)
class Marque:
    """One counter. ``coins``: corners of its shape, empty for a round one; ``mots``: what is written beside it."""

    x: float
    y: float
    forme: str
    coins: str
    mots: tuple[str, ...]
    a_gauche: bool

    @property
    def x_mots(self) -> float:
        return self.x - 14 if self.a_gauche else self.x + 14


@dataclass(frozen=True, slots=True)
class Graphe:
    """Everything that a template draws, in the units of ``cadre``."""

    cadre: Cadre
    zones: tuple[str, str]
    moyenne: float
    abscisses: tuple[Graduation, ...]
    ordonnees: tuple[Graduation, ...]
    marques: tuple[Marque, ...]

    @property
    def fond(self) -> int:
        return self.cadre.hauteur - self.cadre.bas

    @property
    def bord(self) -> int:
        return self.cadre.largeur - DROITE


def dessiner(entonnoir: Entonnoir, noms: Mapping[str, str], cadre: Cadre) -> Graphe | None:
    """The drawing; ``None`` when no counter stands alone in it, or nothing is expected of any."""
    if not any(point.guichet for point in entonnoir.points) or not entonnoir.taux:
        return None
    x_max = _rond(max(point.traites for point in entonnoir.points))
    y_max = _rond(
        max(
            ZONE_MIN * POUR_MILLE * entonnoir.taux,
            MARGE_HAUTE * max(point.pour_mille for point in entonnoir.points),
        )
    )
    fond, bord = cadre.hauteur - cadre.bas, cadre.largeur - DROITE

    def x(traites: float) -> float:
        return round(cadre.gauche + (bord - cadre.gauche) * traites / x_max, 1)

    def y(pour_mille: float) -> float:
        return round(fond - (fond - HAUT) * min(pour_mille, y_max) / y_max, 1)

    courbes = _jusqu_a(entonnoir.courbes, x_max)
    return Graphe(
        cadre=cadre,
        zones=(
            _zone([(c, c.exterieure) for c in courbes], x, y),
            _zone([(c, c.interieure) for c in courbes], x, y),
        ),
        moyenne=y(POUR_MILLE * entonnoir.taux),
        abscisses=tuple(Graduation(x(v), en_chiffres(v)) for v in _graduer(x_max)),
        ordonnees=tuple(Graduation(y(v), en_chiffres(v)) for v in _graduer(y_max)),
        marques=tuple(
            _marque(point, noms, cadre, x(point.traites), y(point.pour_mille))
            for point in reversed(entonnoir.points)  # those signalled last, over the others
        ),
    )


def _marque(point: Point, noms: Mapping[str, str], cadre: Cadre, x: float, y: float) -> Marque:
    forme = MARQUES[point.position] if point.guichet else "carre"
    mots: tuple[str, ...] = ()
    if point.signale:
        nom = noms.get(point.guichet, point.guichet) if cadre.noms else point.guichet
        comptes = f"{point.observes} observés, {virgule(point.attendus)} attendus"
        mots = (nom or "Petits guichets", *([comptes] if cadre.noms else []))
    return Marque(x, y, forme, _coins(forme, x, y), mots, x > cadre.largeur * 0.6)


def _coins(forme: str, x: float, y: float) -> str:
    tracees: Mapping[str, Sequence[tuple[float, float]]] = {
        "losange": ((0, -9), (9, 0), (0, 9), (-9, 0)),
        "triangle": ((0, -7), (7, 6), (-7, 6)),
        "carre": ((-5, -5), (5, -5), (5, 5), (-5, 5)),
    }
    return _tracer([(x + dx, y + dy) for dx, dy in tracees.get(forme, ())])


def _zone(
    courbe: Sequence[tuple[Limite, tuple[float, float]]],
    x: Callable[[float], float],
    y: Callable[[float], float],
) -> str:
    """A closed line: the upper limit from left to right, the lower one back."""
    haut = [(x(c.traites), y(POUR_MILLE * paire[1] / c.traites)) for c, paire in courbe]
    bas = [(x(c.traites), y(POUR_MILLE * paire[0] / c.traites)) for c, paire in courbe]
    return _tracer([*haut, *reversed(bas)])


def _tracer(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _jusqu_a(courbes: Sequence[Limite], x_max: int) -> list[Limite]:
    """The curves cut at the edge of the drawing, where they are straight between two of their points."""
    dedans = [c for c in courbes if c.traites <= x_max]
    suivante = next((c for c in courbes if c.traites > x_max), None)
    if not dedans or suivante is None or dedans[-1].traites == x_max:
        return dedans
    avant = dedans[-1]
    part = (x_max - avant.traites) / (suivante.traites - avant.traites)

    def entre(un: tuple[float, float], autre: tuple[float, float]) -> tuple[float, float]:
        return un[0] + part * (autre[0] - un[0]), un[1] + part * (autre[1] - un[1])

    bord = Limite(
        x_max, entre(avant.interieure, suivante.interieure), entre(avant.exterieure, suivante.exterieure)
    )
    return [*dedans, bord]


def _rond(valeur: float) -> int:
    """The least whole number of round steps above a value."""
    pas = _pas(valeur)
    return pas * max(1, -(-round(valeur * 1000) // (pas * 1000)))


def _pas(valeur: float) -> int:
    """A round step that cuts a length in :data:`GRADUATIONS` parts or so."""
    vise, puissance = valeur / GRADUATIONS, 1
    while True:
        for rond in PAS_RONDS:
            if rond * puissance >= vise:
                return rond * puissance
        puissance *= 10


def _graduer(jusque: int) -> range:
    return range(0, jusque + 1, _pas(jusque))
