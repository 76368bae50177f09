"""What a file of outlines must be, and what is kept of it: rings on a grid that neighbours share. Pure.

A vertex goes to the nearest point of the grid, wherever it is met: two communes keep their common border, without a
gap, and nothing has to know that they touch.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NoReturn

from sne.socle.erreurs import Interdit

PAR_DEGRE = 2_000  # steps of the grid in a degree: some fifty metres
CODES = ("code", "INSEE_COM", "insee_com", "code_insee", "CODE_INSEE")
"""How official files name the code INSEE: geo.api.gouv.fr, then ADMIN EXPRESS in its versions."""
COMMUNE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")
SOMMETS = 3  # the least that encloses something
PART_CONNUE = 0.9  # of the communes of a département, under which the file is of other years, or cut
LISIBLE = (
    "Ce fichier n’est pas un GeoJSON lisible. Exportez les contours des communes en GeoJSON (FeatureCollection), en "
    "degrés (WGS 84, EPSG:4326)."
)

type Anneau = list[int]
"""One ring: steps of the grid, x (longitude), y (latitude), x, y…"""
type Contours = dict[str, list[Anneau]]


def lire_contours(octets: bytes) -> Contours:
    """The rings of each commune of a GeoJSON file, on the grid. Raises ``Interdit``: what is wrong, and where."""
    contours: Contours = {}
    for rang, element in enumerate(_elements(octets), 1):
        code = _code(element, rang)
        if code in contours:
            raise Interdit(f"La commune {code} y est deux fois\u00a0: gardez-en un seul contour.")
        contours[code] = [anneau for brut in _anneaux(element, rang) if (anneau := _poser(brut, rang))]
        if not contours[code]:
            raise Interdit(
                f"Le contour de la commune {code} n’entoure rien\u00a0: exportez-le plus finement."
            )
    return contours


def trier(
    contours: Contours, connues: Mapping[str, Sequence[str]]
) -> tuple[dict[str, Contours], dict[str, int]]:
    """By département, the outlines of its communes; and of those too incomplete to be drawn, how many are known.

    ``connues``: the communes of each département, as the reference data has them. Raises ``Interdit`` when none is
    whole.
    """
    gardes: dict[str, Contours] = {}
    incomplets: dict[str, int] = {}
    for departement, codes in sorted(connues.items()):
        siens = {code: contours[code] for code in codes if code in contours}
        if siens and len(siens) >= PART_CONNUE * len(codes):
            gardes[departement] = siens
        elif siens:
            incomplets[departement] = len(siens)
    if not gardes:
        raise Interdit(
            "Aucun département n’a ses contours au complet dans ce fichier\u00a0: rien n’a été changé. Donnez les "
            "communes de départements entiers, du découpage de cette année."
        )
    return gardes, incomplets


def _elements(octets: bytes) -> list[Any]:
    try:
        lu = json.loads(octets, parse_constant=_illisible)
    except (ValueError, RecursionError):
        raise Interdit(LISIBLE) from None
    elements = lu.get("features") if isinstance(lu, dict) and lu.get("type") == "FeatureCollection" else None
    if not isinstance(elements, list) or not elements:
        raise Interdit(LISIBLE)
    return elements


def _illisible(_: str) -> NoReturn:
    raise ValueError("not a number of GeoJSON")


def _code(element: Any, rang: int) -> str:
    dites = element.get("properties") if isinstance(element, dict) else None
    lu = next((dites[nom] for nom in CODES if nom in dites), None) if isinstance(dites, dict) else None
    if not isinstance(lu, str) or not COMMUNE.fullmatch(lu):
        raise Interdit(
            f"L’élément n°\u00a0{rang} ne dit pas le code INSEE de sa commune. Gardez l’un de ces champs à "
            f"l’export\u00a0: {', '.join(CODES)}."
        )
    return lu


def _anneaux(element: Mapping[str, Any], rang: int) -> Iterator[Any]:
    """The rings of a polygon, or of several; holes are rings too."""
    forme = element.get("geometry")
    genre, lues = (forme.get("type"), forme.get("coordinates")) if isinstance(forme, dict) else (None, None)
    polygones = {"Polygon": [lues], "MultiPolygon": lues}.get(str(genre))
    if not isinstance(polygones, list) or not all(isinstance(p, list) for p in polygones):
        raise Interdit(f"L’élément n°\u00a0{rang} n’est pas une surface (Polygon ou MultiPolygon).")
    for polygone in polygones:
        yield from polygone


def _poser(brut: Any, rang: int) -> Anneau:
    """A ring on the grid, without what repeats itself; empty when nothing is left of it."""
    try:
        points = [(_pas(point[0], 180), _pas(point[1], 90)) for point in brut]
    except (TypeError, ValueError, LookupError):
        raise Interdit(
            f"L’élément n°\u00a0{rang} a des coordonnées qui ne sont pas en degrés. Exportez en WGS 84 (EPSG:4326)."
        ) from None
    suivis = [a for a, b in pairwise([*points, *points[:1]]) if a != b]
    return [valeur for point in suivis for valeur in point] if len(suivis) >= SOMMETS else []


def _pas(degres: float, au_plus: int) -> int:
    if not -au_plus <= degres <= au_plus:
        raise ValueError("not degrees")
    return round(degres * PAR_DEGRE)
