"""How many cases in each class of a delay; those beyond a threshold are hatched, and the threshold is a line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sne.infocentre.dessins.cadre import Cadre, Dessin, dessiner, place
from sne.infocentre.dessins.courbe import Etiquette
from sne.infocentre.dessins.echelle import graduer
from sne.infocentre.dessins.mots import Mesure, chiffrer, conclure_un_histogramme

HAUTEUR = {True: 280, False: 240}
GAUCHE, DROITE, HAUT, BAS = 56, 8, 28, 40
ENTRE_DEUX = 4
ETIQUETTES = {True: 14, False: 5}  # classes named along the axis, at most

CLASSES_AU_PLUS = 12
PAS = (1, 2, 3, 5, 6, 10, 12, 15, 30, 60, 90, 180, 365, 730)  # widths of a class, in days or months


@dataclass(frozen=True, slots=True)
class Colonne:
    """One class, in the units of its drawing."""

    x: str
    y: str
    largeur: str
    hauteur: str
    au_dela: bool


@dataclass(frozen=True, slots=True)
class Histogramme:
    """Everything that the template draws."""

    hauteur: int
    fond: int
    gauche: int
    bord: int
    colonnes: tuple[Colonne, ...]
    ordonnees: tuple[Etiquette, ...]
    abscisses: tuple[Etiquette, ...]
    seuil: str


def classer_les_cas(valeurs: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """The last value of each class of one width, in order, and how many cases it has: from value → cases, one at least.

    Classes begin at a multiple of their width; none is left out between the first and the last.
    """
    bas, haut = min(valeurs), max(valeurs)
    pas = next((p for p in PAS if haut // p - bas // p < CLASSES_AU_PLUS), PAS[-1])
    rangs = range(bas // pas, haut // pas + 1)
    return tuple(
        (rang * pas + pas - 1, sum(n for v, n in valeurs.items() if v // pas == rang)) for rang in rangs
    )


def histogramme(
    mesure: Mesure,
    classes: Sequence[tuple[str, int]],
    *,
    dedans: int,
    mots: str,
    identifiant: str,
    tableau: str = "",
) -> Dessin:
    """Classes in order, with how many cases each has; the first ``dedans`` are within what ``mots`` says."""
    return dessiner(
        "infocentre/dessins/histogramme.html",
        lambda cadre: _composer(classes, dedans, cadre),
        identifiant=identifiant,
        titre=mesure.nom,
        phrase=conclure_un_histogramme(mesure, classes, dedans=dedans, mots=mots),
        lignes=[(libelle, chiffrer(nombre)) for libelle, nombre in classes],
        tableau=tableau,
    )


def _composer(classes: Sequence[tuple[str, int]], dedans: int, cadre: Cadre) -> Histogramme:
    bornes = graduer([Decimal(nombre) for _, nombre in classes], entier=True)
    hauteur = HAUTEUR[cadre.large]
    fond, bord = hauteur - BAS, cadre.largeur - DROITE
    pas = (bord - GAUCHE) / max(1, len(classes))
    unite = (fond - HAUT) / float(bornes[-1])
    chaque = -(-len(classes) // ETIQUETTES[cadre.large]) or 1
    return Histogramme(
        hauteur=hauteur,
        fond=fond,
        gauche=GAUCHE,
        bord=bord,
        colonnes=tuple(
            Colonne(
                x=place(GAUCHE + pas * rang + ENTRE_DEUX / 2),
                y=place(fond - unite * nombre),
                largeur=place(pas - ENTRE_DEUX),
                hauteur=place(unite * nombre),
                au_dela=rang >= dedans,
            )
            for rang, (_, nombre) in enumerate(classes)
        ),
        ordonnees=tuple(Etiquette(place(fond - unite * float(b)), chiffrer(b)) for b in bornes),
        abscisses=tuple(
            Etiquette(place(GAUCHE + pas * (rang + 0.5)), libelle)
            for rang, (libelle, _) in enumerate(classes)
            if rang % chaque == 0
        ),
        seuil=place(GAUCHE + pas * dedans),
    )
