"""Drawings of a report: pictures made here as SVG, each with its title, its conclusion, and the figures in a table."""

from sne.infocentre.dessins.barres import barres
from sne.infocentre.dessins.cadre import Dessin
from sne.infocentre.dessins.carte import Lieu, carte_de_communes, carte_de_tuiles
from sne.infocentre.dessins.courbe import Serie, courbe
from sne.infocentre.dessins.histogramme import classer_les_cas, histogramme
from sne.infocentre.dessins.mots import Mesure

__all__ = [
    "Dessin",
    "Lieu",
    "Mesure",
    "Serie",
    "barres",
    "carte_de_communes",
    "carte_de_tuiles",
    "classer_les_cas",
    "courbe",
    "histogramme",
]
