"""A document page by page in the words of its screen: where one is, where one may go, how large, which way up."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from sne.documents.pages import PLANCHE_MAX
from sne.documents.rules import EtatDocument
from sne.guichet.pieces.presentation import ETATS
from sne.registre.pieces.selectors.pieces import PieceLue

ZOOMS = (100, 150, 200)
"""Percent of the width of the frame."""
PIXELS_A_100 = 1_200
TOURS: Mapping[int, str] = {
    0: "Non",
    90: "Vers la droite",
    180: "D’un demi-tour",
    270: "Vers la gauche",
}
VOISINES = 2  # thumbnails on each side of the page shown
CELLULE = 4  # height of a cell of a sheet, for a width of 3


@dataclass(frozen=True, slots=True)
class Vignette:
    """A page in small, on a sheet of several drawn at once (``planche``): where on it, and how high the sheet is.

    Lengths are those of a cell, 3 wide and 4 high.
    """

    rang: int
    planche: str
    haut: int
    hauteur: int
    url: str = ""
    courante: bool = False


@dataclass(frozen=True, slots=True)
class Visionneuse:
    """The page shown and the addresses that lead from it, empty where they lead nowhere.

    ``phrase``: why no page is shown.
    """

    rang: int
    total: int
    zoom: int
    tour: int
    image: str
    telecharger: str
    precedente: str
    suivante: str
    moins: str
    plus: str
    tourner: str
    ranger: str
    vignettes: Sequence[Vignette]
    phrase: str = ""


def visionneuse(
    piece: PieceLue, demande: QueryDict, *, adresse: str, garde: Mapping[str, str] = MappingProxyType({})
) -> Visionneuse:
    """What is shown for this address; anything that is not understood is as if it was not there. ``garde``: what the
    addresses that lead from it say besides.
    """
    fichier = piece.fichier
    total = fichier.nombre_pages if fichier else 0
    phrase = "" if fichier is None or fichier.etat is EtatDocument.DISPONIBLE else ETATS[fichier.etat]
    rang = min(max(nombre(demande.get("page"), 1), 1), max(total, 1))
    zoom = parmi(demande.get("zoom"), ZOOMS)
    tour = parmi(demande.get("tour"), tuple(TOURS))

    def vers(**autres: int) -> str:
        choix = {"page": rang, "zoom": zoom, "tour": tour} | autres
        utiles = {cle: x for cle, x in choix.items() if x != {"page": 1, "zoom": ZOOMS[0], "tour": 0}[cle]}
        dit = urlencode({**garde, **utiles})
        return f"{adresse}?{dit}" if dit else adresse

    cran = ZOOMS.index(zoom)
    return Visionneuse(
        rang=rang,
        total=total,
        zoom=zoom,
        tour=tour,
        image=avec_choix(
            reverse("piece-page", args=[piece.id, rang]), largeur=PIXELS_A_100 * zoom // 100, tour=tour
        ),
        telecharger=reverse("piece-ouvrir", args=[piece.id]),
        precedente=vers(page=rang - 1, tour=0) if rang > 1 else "",
        suivante=vers(page=rang + 1, tour=0) if rang < total else "",
        moins=vers(zoom=ZOOMS[cran - 1]) if cran else "",
        plus=vers(zoom=ZOOMS[cran + 1]) if cran + 1 < len(ZOOMS) else "",
        tourner=vers(tour=(tour + 90) % 360),
        ranger=avec_tour(reverse("piece-ranger", args=[piece.id]), rang=rang, tour=tour),
        vignettes=[
            replace(v, url=vers(page=v.rang, tour=0), courante=v.rang == rang)
            for v in vignettes(piece.id, _voisines(rang, total))
        ],
        phrase=phrase,
    )


def vignettes(piece_id: uuid.UUID, rangs: range) -> list[Vignette]:
    """These pages in small, by sheets."""
    faites = []
    for debut in range(0, len(rangs), PLANCHE_MAX):
        sur = rangs[debut : debut + PLANCHE_MAX]
        adresse = reverse("piece-planche", args=[piece_id, sur[0], len(sur)])
        faites += [Vignette(r, adresse, CELLULE * i, CELLULE * len(sur)) for i, r in enumerate(sur)]
    return faites


def avec_choix(adresse: str, **choix: int) -> str:
    """This address with these choices, those that are 0 left out."""
    return f"{adresse}?{urlencode({cle: x for cle, x in choix.items() if x})}"


def avec_tour(adresse: str, *, rang: int, tour: int) -> str:
    """Where pages are put in order, this one turned already as it is shown."""
    return f"{adresse}?{urlencode({f'tour_{rang}': tour})}" if tour else adresse


def _voisines(rang: int, total: int) -> range:
    """As many pages as the strip holds, around this one, or all at an end."""
    combien = min(2 * VOISINES + 1, total)
    premiere = min(max(rang - VOISINES, 1), total - combien + 1)
    return range(premiere, premiere + combien) if total > 1 else range(0)


def nombre(texte: str | None, sinon: int) -> int:
    """The count that an address gives; anything else, and what no page or width can be, is ``sinon``."""
    return int(texte) if texte and texte.isascii() and texte.isdigit() and len(texte) < 5 else sinon


def parmi(texte: str | None, choix: Sequence[int]) -> int:
    """The one that an address gives; anything else is the first."""
    lu = nombre(texte, choix[0])
    return lu if lu in choix else choix[0]
