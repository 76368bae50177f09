"""The outlines that a map draws, and whom it names under it."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sne.infocentre.contours.models import ContoursDepartement
from sne.infocentre.contours.rules import PAR_DEGRE

type Anneau = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class FondDeCarte:
    """Rings of each commune on a plane (x to the right, y down), in degrees of latitude; ``credit``: « Source,
    licence » of each, empty when nothing was loaded.
    """

    contours: Mapping[str, tuple[Anneau, ...]]
    credit: str


def get_fond(departements: Collection[str]) -> FondDeCarte:
    """The outlines of these départements, those that were loaded."""
    lus = [*ContoursDepartement.objects.filter(departement__in=departements).order_by("departement")]
    latitudes = [
        y for d in lus for anneaux in d.contours.values() for anneau in anneaux for y in anneau[1::2]
    ]
    # One scale for all: a département is narrow enough for its parallels to be of one length.
    serre = math.cos(math.radians(sum(latitudes) / len(latitudes) / PAR_DEGRE)) if latitudes else 1.0
    return FondDeCarte(
        {
            code: tuple(
                tuple((x * serre / PAR_DEGRE, -y / PAR_DEGRE) for x, y in zip(a[::2], a[1::2], strict=True))
                for a in anneaux
            )
            for d in lus
            for code, anneaux in d.contours.items()
        },
        "\u00a0; ".join(dict.fromkeys(f"{d.source}, {d.licence}" for d in lus)),
    )
