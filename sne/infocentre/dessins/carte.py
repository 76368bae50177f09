"""Maps: a square for each territory, where the country has it; communes by their outlines, or a square for each.

Areas are equal, so that a large département does not count for more than a populous one. Five classes at most, told
apart by their pattern; a place without a figure has a hatching of its own, and its sign.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, partial
from importlib.resources import files
from itertools import groupby, pairwise
from types import MappingProxyType

from sne.infocentre.dessins.cadre import Cadre, Dessin, dessiner, place
from sne.infocentre.dessins.echelle import classer
from sne.infocentre.dessins.mots import SIGNES, Mesure, conclure_un_rang, valeur_de
from sne.infocentre.rapports.tableau import Cellule, EtatCellule

RANGS = 12
COTE = {True: 56, False: 28}
COTE_COMMUNES = {True: 560, False: 330}  # of the square that a map of communes fits in
LISIBLES = 60  # communes among which names and figures are looked for on the map; above, the table has them
DEMI_LETTRE, AU_DESSUS, AU_DESSOUS = 4.1, {True: 12, False: 7}, {True: 20, False: 7}  # room that words take
SOMMETS, RIEN = 3, 1e-9  # the least that encloses something; under it, nothing is enclosed
CARRE = {True: 84, False: 68}  # sides of a commune that is not drawn, how many a row, letters of its name
PAR_RANGEE, CARRE_MOT = {True: 8, False: 5}, {True: 10, False: 8}
LEGENDE_LARGE, LIGNE_DE_LEGENDE = 690, 24
MOTS_DES_TUILES = {"111": "ÎdF"}
MOT_AU_PLUS = 14  # letters of a commune on its place
SANS_CHIFFRE = "sans"
SANS_LIGNE = "vide"

type Anneau = Sequence[tuple[float, float]]
type Contours = Mapping[str, Sequence[Anneau]]
"""Rings of each commune on a plane, x to the right, y down."""


@dataclass(frozen=True, slots=True)
class Lieu:
    """One place of a map: what it is called, what it shows."""

    code: str
    libelle: str
    cellule: Cellule


@dataclass(frozen=True, slots=True)
class Zone:
    """A place as it is drawn. ``classe``: the number of its class, from 0, or that it has no figure."""

    contour: str
    classe: str
    fragile: bool
    x: str
    y: str
    mot: str
    chiffre: str
    y_chiffre: str


@dataclass(frozen=True, slots=True)
class Legende:
    """One line of the legend, where it is."""

    classe: str
    fragile: bool
    texte: str
    x: str
    y: str
    x_texte: str
    y_texte: str


@dataclass(frozen=True, slots=True)
class Carte:
    """Everything that the template draws."""

    hauteur: int
    zones: tuple[Zone, ...]
    legende: tuple[Legende, ...]
    tuiles: bool
    credit: str = ""


def carte_de_tuiles(mesure: Mesure, lieux: Sequence[Lieu], *, identifiant: str, tableau: str = "") -> Dessin:
    """Territories by their three-sign codes, each on its square; Île-de-France is one large one.

    Raises ``KeyError`` for a territory that has no square.
    """
    return _dessiner(_Fond(mesure, lieux, tuiles=True), identifiant=identifiant, tableau=tableau)


def carte_de_communes(
    mesure: Mesure,
    lieux: Sequence[Lieu],
    *,
    identifiant: str,
    tableau: str = "",
    contours: Contours = MappingProxyType({}),
    credit: str = "",
) -> Dessin:
    """Communes by their codes: where they lie, among all of ``contours``, which ``credit`` says whose they are; without
    outlines, a square for each, in the order given.
    """
    fond = _Fond(mesure, lieux, tuiles=False, contours=contours, credit=credit)
    return _dessiner(fond, identifiant=identifiant, tableau=tableau)


@dataclass(frozen=True, slots=True)
class _Fond:
    """What is drawn, on which ground."""

    mesure: Mesure
    lieux: Sequence[Lieu]
    tuiles: bool
    contours: Contours = MappingProxyType({})
    credit: str = ""

    def _rangees(self, cadre: Cadre) -> int:
        return -(-len(self.lieux) // PAR_RANGEE[cadre.large])

    def composer(self, cadre: Cadre) -> Carte:
        chiffres = [v for lieu in self.lieux if (v := valeur_de(lieu.cellule)) is not None]
        classes = classer(chiffres)
        plan = _Plan.de(self.contours, cadre) if self.contours else None
        zone: Callable[[Lieu, str, Cadre], Zone]
        if self.tuiles:
            zone, bas = self._tuile, RANGS * COTE[cadre.large]
        elif plan:
            zone, bas = partial(self._commune, plan, self._etiqueter(plan, cadre)), plan.hauteur
        else:
            zone, bas = self._carre, self._rangees(cadre) * CARRE[cadre.large]
        legende = self._legende(classes, cadre, bas)
        dernier = LIGNE_DE_LEGENDE * len(legende)
        return Carte(
            hauteur=max(bas, dernier) + 12 if cadre.large else bas + dernier + 20,
            zones=(
                *((_fond_vide(plan.tracer(self.contours[c])) for c in self._sans_ligne) if plan else ()),
                *(zone(lieu, _classe(lieu.cellule, classes), cadre) for lieu in self.lieux),
            ),
            legende=legende,
            tuiles=self.tuiles,
            credit=self.credit,
        )

    @property
    def _sans_ligne(self) -> list[str]:
        """Communes that have an outline and no line."""
        return sorted(self.contours.keys() - {lieu.code for lieu in self.lieux})

    def _tuile(self, lieu: Lieu, classe: str, cadre: Cadre) -> Zone:
        colonne, rang, cote = tuiles()[lieu.code]
        pas = COTE[cadre.large]
        x, y, large = colonne * pas + 1, rang * pas + 1, cote * pas - 2
        milieu = y + large / 2
        return Zone(
            contour=f"M{x} {y}h{large}v{large}h{-large}z",
            classe=classe,
            fragile=lieu.cellule.etat is EtatCellule.FRAGILE,
            x=place(x + large / 2),
            y=place(milieu - 3 if cadre.large else milieu + 4),
            mot=MOTS_DES_TUILES.get(lieu.code, lieu.code.removeprefix("0")),
            chiffre=self.mesure.montrer(lieu.cellule) if cadre.large else "",
            y_chiffre=place(milieu + 14),
        )

    def _carre(self, lieu: Lieu, classe: str, cadre: Cadre) -> Zone:
        """A square in the order given, where nobody drew the place."""
        rangee, colonne = divmod(self.lieux.index(lieu), PAR_RANGEE[cadre.large])
        pas = CARRE[cadre.large]
        x, y, cote = colonne * pas + 1, rangee * pas + 1, pas - 2
        return Zone(
            contour=f"M{x} {y}h{cote}v{cote}h{-cote}z",
            classe=classe,
            fragile=lieu.cellule.etat is EtatCellule.FRAGILE,
            x=place(x + cote / 2),
            y=place(y + cote / 2 - 3),
            mot=_court(lieu.libelle, CARRE_MOT[cadre.large]),
            chiffre=self.mesure.montrer(lieu.cellule),
            y_chiffre=place(y + cote / 2 + 14),
        )

    def _commune(
        self, plan: "_Plan", etiquettes: "Mapping[str, _Etiquette]", lieu: Lieu, classe: str, _: Cadre
    ) -> Zone:
        dite = etiquettes.get(lieu.code, SANS_MOT)
        return Zone(
            contour=plan.tracer(self.contours[lieu.code]),
            classe=classe,
            fragile=lieu.cellule.etat is EtatCellule.FRAGILE,
            x=place(dite.x),
            y=place(dite.y),
            mot=dite.mot,
            chiffre=dite.chiffre,
            y_chiffre=place(dite.y + 16 if dite.mot else dite.y + 4),
        )

    def _etiqueter(self, plan: "_Plan", cadre: Cadre) -> "Mapping[str, _Etiquette]":
        """What is written on communes, the largest first: figures that cover no other, then the names that cover none
        of them.
        """
        dites: dict[str, _Etiquette] = {}
        if len(self.lieux) > LISIBLES:
            return dites
        lieux = sorted(self.lieux, key=lambda lieu: -plan.etendue(self.contours[lieu.code]))
        for nommer in (False, True) if cadre.large else (False,):
            for lieu in lieux:
                mot, milieu = _court(lieu.libelle) if nommer else "", plan.milieu(self.contours[lieu.code])
                essai = _Etiquette.sur(milieu, mot, self.mesure.montrer(lieu.cellule))
                if not any(essai.couvre(autre) for code, autre in dites.items() if code != lieu.code):
                    dites[lieu.code] = essai
        return dites

    def _legende(
        self, classes: Sequence[tuple[Decimal, Decimal]], cadre: Cadre, bas: int
    ) -> tuple[Legende, ...]:
        """Bounds of each class, then what the hatchings are, of those that the map has."""
        textes = [(str(rang), False, self._bornes(*bornes)) for rang, bornes in enumerate(classes)]
        etats = {lieu.cellule.etat for lieu in self.lieux}
        if EtatCellule.FRAGILE in etats:
            textes.append(("", True, "en pointillés\u00a0: fragile"))
        if etats & {*SIGNES, EtatCellule.TROP_PETIT}:
            textes.append((SANS_CHIFFRE, False, "sans chiffre"))
        if self._sans_ligne:
            textes.append((SANS_LIGNE, False, "rien de compté"))
        x = LEGENDE_LARGE if cadre.large else 0
        depart = 10 if cadre.large else bas + 14
        return tuple(
            Legende(
                classe,
                fragile=fragile,
                texte=texte,
                x=place(x),
                y=place(depart + LIGNE_DE_LEGENDE * rang),
                x_texte=place(x + 28),
                y_texte=place(depart + LIGNE_DE_LEGENDE * rang + 13),
            )
            for rang, (classe, fragile, texte) in enumerate(textes)
        )

    def _bornes(self, bas: Decimal, haut: Decimal) -> str:
        dites = self.mesure.dire(bas), self.mesure.dire(haut)
        return dites[0] if dites[0] == dites[1] else f"de {dites[0]} à {dites[1]}"


@dataclass(frozen=True, slots=True)
class _Etiquette:
    """Words on a place, and the half of the room that they take on each side."""

    x: float
    y: float
    mot: str = ""
    chiffre: str = ""
    demi: float = 0
    dessus: float = 0
    dessous: float = 0

    @classmethod
    def sur(cls, ou: tuple[float, float], mot: str, chiffre: str) -> "_Etiquette":
        """Words amid a place, within the edge of the drawing."""
        demi, deux = DEMI_LETTRE * max(len(mot), len(chiffre)), bool(mot)
        dessus, dessous = AU_DESSUS[deux], AU_DESSOUS[deux]
        return cls(max(ou[0], demi), max(ou[1], dessus), mot, chiffre, demi, dessus, dessous)

    def couvre(self, autre: "_Etiquette") -> bool:
        """Whether they cannot be read both."""
        return (
            abs(self.x - autre.x) < self.demi + autre.demi
            and self.y - self.dessus < autre.y + autre.dessous
            and autre.y - autre.dessus < self.y + self.dessous
        )


SANS_MOT = _Etiquette(0, 0)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where outlines lie in a drawing: their corner, units of it for one of theirs, how high they are together."""

    gauche: float
    haut: float
    echelle: float
    hauteur: int

    @classmethod
    def de(cls, contours: Contours, cadre: Cadre) -> "_Plan":
        """All of them in a square of this width of screen."""
        points = [point for anneaux in contours.values() for anneau in anneaux for point in anneau]
        (gauche, droite), (haut, bas) = ((min(axe), max(axe)) for axe in zip(*points, strict=True))
        echelle = COTE_COMMUNES[cadre.large] / max(droite - gauche, bas - haut)
        return cls(gauche, haut, echelle, round((bas - haut) * echelle))

    def point(self, x: float, y: float) -> tuple[int, int]:
        """To the nearest unit, so that neighbours keep their border; that unit is a pixel of a wide screen."""
        return round((x - self.gauche) * self.echelle), round((y - self.haut) * self.echelle)

    def etendue(self, anneaux: Sequence[Anneau]) -> float:
        """How much its largest ring encloses, in units of the outlines."""
        return max(abs(_aire(anneau)) for anneau in anneaux)

    def milieu(self, anneaux: Sequence[Anneau]) -> tuple[int, int]:
        """Where a word may stand: the centre of gravity of what the largest ring encloses."""
        anneau = max(anneaux, key=lambda anneau: abs(_aire(anneau)))
        x, y, deux_aires = 0.0, 0.0, 0.0
        (x0, y0), *_ = (
            anneau  # counted from a vertex, so that nothing is lost of a small ring far from the origin
        )
        for a, b in _cotes(anneau):
            croix = (a[0] - x0) * (b[1] - y0) - (b[0] - x0) * (a[1] - y0)
            deux_aires += croix
            x += (a[0] + b[0] - 2 * x0) * croix
            y += (a[1] + b[1] - 2 * y0) * croix
        if abs(deux_aires) < RIEN:
            return self.point(x0, y0)
        return self.point(x0 + x / (3 * deux_aires), y0 + y / (3 * deux_aires))

    def tracer(self, anneaux: Sequence[Anneau]) -> str:
        """The path of these rings; what is too small for this drawing is a dot."""
        traits = []
        for anneau in anneaux:
            points = [point for point, _ in groupby(self.point(*p) for p in anneau)]
            if len(points) >= SOMMETS:
                traits.append("M" + "L".join(f"{x} {y}" for x, y in points) + "z")
        if traits:
            return "".join(traits)
        x, y = self.point(*anneaux[0][0])
        return f"M{x} {y}h1v1h-1z"


def _cotes(anneau: Anneau) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """The sides of a ring, the last one to the first vertex included."""
    return pairwise([*anneau, anneau[0]])


def _aire(anneau: Anneau) -> float:
    """What a ring encloses, by its sides; negative the other way round."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in _cotes(anneau)) / 2


def _dessiner(fond: _Fond, *, identifiant: str, tableau: str) -> Dessin:
    cellules = [(lieu.libelle, lieu.cellule) for lieu in fond.lieux]
    return dessiner(
        "infocentre/dessins/carte.html",
        fond.composer,
        identifiant=identifiant,
        titre=fond.mesure.nom,
        phrase=conclure_un_rang(
            fond.mesure,
            cellules,
            quoi=("territoire", "territoires") if fond.tuiles else ("commune", "communes"),
        ),
        lignes=[(libelle, fond.mesure.montrer(c)) for libelle, c in cellules],
        tableau=tableau,
    )


def _classe(cellule: Cellule, classes: Sequence[tuple[Decimal, Decimal]]) -> str:
    valeur = valeur_de(cellule)
    if valeur is None:
        return SANS_CHIFFRE
    return str(next(rang for rang, (_, haut) in enumerate(classes) if valeur <= haut))


def _fond_vide(contour: str) -> Zone:
    """A commune without a line: its outline alone."""
    return Zone(contour, SANS_LIGNE, fragile=False, x="", y="", mot="", chiffre="", y_chiffre="")


def _court(libelle: str, au_plus: int = MOT_AU_PLUS) -> str:
    return libelle if len(libelle) <= au_plus else f"{libelle[: au_plus - 1].rstrip()}…"


@cache
def tuiles() -> Mapping[str, tuple[int, int, int]]:
    """Column, row and side of the square of each territory, in squares."""
    return {r["territoire"]: (int(r["colonne"]), int(r["rang"]), int(r["cote"])) for r in _lire("tuiles.csv")}


@cache
def communes() -> Contours:
    """Outline of each commune of the fictional territory, in hundredths of it."""
    return {
        r["code"]: (tuple((float(x), float(y)) for x, y in (p.split() for p in r["contour"].split(";"))),)
        for r in _lire("communes_099.csv")
    }


def _lire(nom: str) -> list[dict[str, str]]:
    with (files(__package__) / "donnees" / nom).open(encoding="utf-8") as fichier:
        return list(csv.DictReader(fichier))
