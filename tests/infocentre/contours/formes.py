"""Outlines as those of a real département: irregular, sharing their borders, some with an enclave."""

from collections import defaultdict
from collections.abc import Sequence
from math import cos, hypot, sin
from random import Random
from typing import Any

FINESSE = 150  # cells of the drawing, on a side
DEGRES = 0.5

type Point = tuple[int, int]


def departement(codes: Sequence[str], *, ouest: float, sud: float) -> dict[str, Any]:
    """A GeoJSON of these communes, within half a degree of that corner."""
    a_qui = _partager(codes)
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [
                        [[_en_degres(p, ouest, sud) for p in [*anneau, anneau[0]]]] for anneau in anneaux
                    ],
                },
            }
            for code, anneaux in _contours(a_qui).items()
        ],
    }


def _partager(codes: Sequence[str]) -> dict[Point, str]:
    """Whose each cell is: the commune of the nearest town hall, on bent ground; nobody's far from the middle."""
    hasard = Random(len(codes))
    cote = int(len(codes) ** 0.5) + 1
    mairies = [
        (code, (n % cote + hasard.random()) / cote, (n // cote + hasard.random()) / cote)
        for n, code in enumerate(codes)
    ]
    a_qui = {}
    for i in range(FINESSE):
        for j in range(FINESSE):
            x, y = i / FINESSE, j / FINESSE
            u = x + 0.02 * sin(23 * y) + 0.008 * sin(71 * y + 40 * x)
            v = y + 0.02 * cos(19 * x) + 0.008 * cos(67 * x - 35 * y)
            if hypot(u - 0.5, v - 0.5) < 0.52 + 0.06 * sin(9 * u + 5 * v):
                a_qui[i, j] = min(mairies, key=lambda m: hypot(m[1] - u, m[2] - v))[0]
    for n, code in enumerate(codes):  # each has a place at least, be it within that of another
        if code not in a_qui.values():
            i, j = FINESSE // 2 + 9 * (n % 5), FINESSE // 2 + 9 * (n // 5 % 5)
            a_qui |= {(i + a, j + b): code for a in (0, 1) for b in (0, 1)}
    return a_qui


def _contours(a_qui: dict[Point, str]) -> dict[str, list[list[Point]]]:
    """The rings around the cells of each."""
    bords: dict[str, dict[Point, list[Point]]] = defaultdict(lambda: defaultdict(list))
    for (i, j), code in a_qui.items():
        coins = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
        voisins = [(i, j - 1), (i + 1, j), (i, j + 1), (i - 1, j)]
        for n, voisin in enumerate(voisins):
            if a_qui.get(voisin) != code:
                bords[code][coins[n]].append(coins[(n + 1) % 4])
    return {code: list(_suivre(siens)) for code, siens in bords.items()}


def _suivre(bords: dict[Point, list[Point]]) -> Any:
    while bords:
        depart = next(iter(bords))
        anneau, ici = [], depart
        while True:
            anneau.append(ici)
            suite = bords[ici].pop()
            if not bords[ici]:
                del bords[ici]
            if suite == depart:
                break
            ici = suite
        yield anneau


def _en_degres(point: Point, ouest: float, sud: float) -> list[float]:
    """A vertex, moved a little: the same for each commune that has it."""
    hasard = Random(point[0] * 1_000 + point[1])
    x, y = (valeur + hasard.uniform(-0.35, 0.35) for valeur in point)
    return [ouest + x * DEGRES / FINESSE, sud + y * DEGRES / FINESSE * 0.7]
