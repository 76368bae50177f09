"""Thumbnails of several pages on one sheet, one under the other, each with the reader's name across it: one process for
all.
"""

import io
from pathlib import Path
from typing import Any

from PIL import Image

from sne.documents.lecture.filigrane import sur_image

COTES = (3, 4)  # width and height of a cell, whatever its pixels: a page upright fits
FOND = (238, 238, 238)
Bornes = dict[str, Any]


def assembler_planche(
    dossier: Path, source: Path, bornes: Bornes, *, tailles: list[int], phrase: str
) -> dict[str, Any]:
    """Write ``page``: the thumbnails that follow each other in ``source``, ``tailles`` bytes each, one cell each."""
    hauteur = bornes["vignette"]
    largeur = hauteur * COTES[0] // COTES[1]
    planche = Image.new("RGB", (largeur, hauteur * len(tailles)), FOND)
    with source.open("rb") as flux:
        for rang, taille in enumerate(tailles):
            with Image.open(io.BytesIO(flux.read(taille)), formats=["JPEG", "PNG"]) as vignette:
                vignette.thumbnail((largeur, hauteur))
                marquee = sur_image(vignette, phrase)
            gauche, haut = (largeur - marquee.width) // 2, (hauteur - marquee.height) // 2
            planche.paste(marquee, (gauche, rang * hauteur + haut))
    planche.save(dossier / "page", "JPEG", quality=bornes["qualite"])
    return {}
