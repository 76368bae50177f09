"""What thirty thousand agents ask for in their worst hour, page by page, and where; known without Django."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of page. ``acte``: whose module and class ask for it; ``part``: of a hundred and fifty pages; ``base``:
    milliseconds of the database that the capacity model gives it.
    """

    acte: str
    titre: str
    part: int
    base: float


# Of a hundred and fifty pages of a second: forty files opened for sixty other pages, and a registration now and then.
MELANGE: Mapping[str, Genre] = {
    "fiche": Genre("actes_en_nombre:PageFiche", "File opened", 60, 9.0),
    "recherche": Genre("actes_en_nombre:PageRecherche", "Search, name with a slip", 35, 3.0),
    "liste": Genre("actes_en_nombre:PageListe", "Search, list of fifty files", 20, 3.0),
    "accueil": Genre("actes_en_nombre:PageAccueil", "Home", 25, 3.0),
    "enregistrer": Genre("actes:DeposerParLeWeb", "Registration, its last page", 10, 45.0),
}
PAGES = sum(genre.part for genre in MELANGE.values())
GUICHETS: Mapping[str, str] = {"02B": "GD2B1", "099": "G0993", "111": "G1111", "974": "G9741"}
"""Territories where measures register, with a counter of each."""
PAR_PAGE = 20.0  # milliseconds of the web that the capacity model gives to a page
