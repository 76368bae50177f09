"""Bars from a baseline of zero: one line each, its figure at its end. Hatched where the figure is fragile."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sne.infocentre.dessins.cadre import Cadre, Dessin, dessiner, place
from sne.infocentre.dessins.echelle import graduer
from sne.infocentre.dessins.mots import Mesure, conclure_un_rang, valeur_de
from sne.infocentre.rapports.tableau import Cellule, EtatCellule

PAS_LARGE, PAS_ETROIT = 30, 46
EPAISSEUR = 18
MOTS_A_GAUCHE, MOTS_A_DROITE = 290, 90  # widths kept for labels and figures
SIGNES_LARGE, SIGNES_ETROIT = 36, 46  # letters of a label that are shown; the table has them all


@dataclass(frozen=True, slots=True)
class Barre:
    """One bar, in the units of its drawing."""

    libelle: str
    y_libelle: str
    x_libelle: str
    y: str
    x: str
    largeur: str
    fragile: bool
    vide: bool
    montre: str
    x_montre: str
    y_montre: str
    y_axe: str
    y_fin: str


@dataclass(frozen=True, slots=True)
class Barres:
    """Everything that the template draws."""

    hauteur: int
    zero: str
    barres: tuple[Barre, ...]
    epaisseur: int = EPAISSEUR


def barres(
    mesure: Mesure,
    lignes: Sequence[tuple[str, Cellule]],
    *,
    identifiant: str,
    tableau: str = "",
    quoi: tuple[str, str] = ("ligne", "lignes"),
    toutes: Sequence[tuple[str, Cellule]] = (),
) -> Dessin:
    """One bar a line, in the order given. ``quoi``: what lines are, one and several, for the sentence; ``toutes``: what
    it is about, when some lines are not drawn.
    """
    return dessiner(
        "infocentre/dessins/barres.html",
        lambda cadre: _composer(mesure, lignes, cadre),
        identifiant=identifiant,
        titre=mesure.nom,
        phrase=conclure_un_rang(mesure, toutes or lignes, quoi=quoi),
        lignes=[(libelle, mesure.montrer(c)) for libelle, c in lignes],
        tableau=tableau,
    )


@dataclass(frozen=True, slots=True)
class _Echelle:
    """Where a figure lies across a drawing, and where each line lies down it."""

    mesure: Mesure
    cadre: Cadre
    bas: Decimal
    haut: Decimal

    @property
    def gauche(self) -> int:
        return MOTS_A_GAUCHE if self.cadre.large else 0

    @property
    def pas(self) -> int:
        return PAS_LARGE if self.cadre.large else PAS_ETROIT

    def x(self, valeur: Decimal) -> float:
        utile = self.cadre.largeur - self.gauche - MOTS_A_DROITE
        return self.gauche + utile * float((valeur - self.bas) / (self.haut - self.bas))


def _composer(mesure: Mesure, lignes: Sequence[tuple[str, Cellule]], cadre: Cadre) -> Barres:
    chiffres = [v for _, c in lignes if (v := valeur_de(c)) is not None]
    bornes = graduer(chiffres, entier=not mesure.decimales)
    echelle = _Echelle(mesure, cadre, bornes[0], bornes[-1])
    return Barres(
        hauteur=echelle.pas * len(lignes) + 8,
        zero=place(echelle.x(Decimal(0))),
        barres=tuple(_barre(echelle, rang, *ligne) for rang, ligne in enumerate(lignes)),
    )


def _barre(echelle: _Echelle, rang: int, libelle: str, cellule: Cellule) -> Barre:
    large, valeur = echelle.cadre.large, valeur_de(cellule)
    zero, bout = echelle.x(Decimal(0)), echelle.x(valeur or Decimal(0))
    haut, bord = rang * echelle.pas + (6 if large else 24), 6 if large else 2
    return Barre(
        libelle=_couper(libelle, SIGNES_LARGE if large else SIGNES_ETROIT),
        x_libelle=place(echelle.gauche - 10 if large else 0),
        y_libelle=place(haut + 13 if large else haut - 7),
        x=place(min(zero, bout)),
        y=place(haut),
        largeur=place(abs(bout - zero)),
        fragile=cellule.etat is EtatCellule.FRAGILE,
        vide=valeur is None,
        montre=echelle.mesure.montrer(cellule),
        x_montre=place(max(zero, bout) + 6),
        y_montre=place(haut + 13),
        y_axe=place(haut - bord),
        y_fin=place(haut + EPAISSEUR + bord),
    )


def _couper(texte: str, signes: int) -> str:
    return texte if len(texte) <= signes else f"{texte[: signes - 1].rstrip()}…"
