"""Finds the 2D-Doc codes on the pages of a document made safe: their signs only, read elsewhere."""

from pathlib import Path
from typing import Any

import zxingcpp
from PIL import Image

from sne.documents.lecture.dessin import Dessinateur

POINTS_PAR_POUCE = 300
FORMATS = zxingcpp.barcode_formats_from_str("DataMatrix")
CODES_MAX, SIGNES_MAX = 10, 2_000
Bornes = dict[str, Any]


def lire_2ddoc(dossier: Path, source: Path, bornes: Bornes, *, mime: str, pages_max: int) -> dict[str, Any]:  # noqa: ARG001 - nothing is written
    """The signs of each code that begins as a 2D-Doc does, on the first pages."""
    codes: list[str] = []
    if mime == "application/pdf":
        dessinateur = Dessinateur(source)
        for rang in range(min(len(dessinateur.pdf), pages_max)):
            codes += _dans(dessinateur.page(rang, POINTS_PAR_POUCE, bornes)[0])
    else:
        with Image.open(source, formats=["JPEG", "PNG"]) as image:
            codes += _dans(image)
    return {"codes": list(dict.fromkeys(codes))[:CODES_MAX]}


def _dans(image: Image.Image) -> list[str]:
    lus = zxingcpp.read_barcodes(image.convert("L"), formats=FORMATS)
    signes = (lu.bytes.decode("latin-1") for lu in lus)
    return [s for s in signes if s.startswith("DC") and len(s) <= SIGNES_MAX]
