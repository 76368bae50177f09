"""The text of a document made safe: its own layer, and pictures of the pages that have none, for the OCR engine."""

import os
import sys
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image

from sne.documents.lecture.dessin import Dessinateur

LETTRES_MINIMUM = 16  # fewer on a page: a stamp or a page number over a scan
POINTS_PAR_POUCE = 300
Bornes = dict[str, Any]


def preparer_texte(
    dossier: Path, source: Path, bornes: Bornes, *, mime: str, pages_max: int
) -> dict[str, Any]:
    """Write ``texte-N`` or ``image-N`` for each of the first pages; returns the number of pages of the document."""
    if mime != "application/pdf":
        with Image.open(source, formats=["JPEG", "PNG"]) as photo:
            photo.convert("L").save(dossier / "image-1", "PNG")
        return {"pages": 1}
    dessinateur = Dessinateur(source)
    for rang in range(min(len(dessinateur.pdf), pages_max)):
        texte = _couche(dessinateur.pdf, rang)
        if sum(c.isalnum() for c in texte) >= LETTRES_MINIMUM:
            (dossier / f"texte-{rang + 1}").write_text(texte)
        else:
            image = dessinateur.page(rang, POINTS_PAR_POUCE, bornes)[0]
            image.convert("L").save(dossier / f"image-{rang + 1}", "PNG")
    return {"pages": len(dessinateur.pdf)}


def _couche(pdf: pdfium.PdfDocument, rang: int) -> str:
    page = pdf[rang]
    try:
        return str(page.get_textpage().get_text_bounded())
    finally:
        page.close()


def reconnaitre_texte(
    dossier: Path,
    source: Path,
    bornes: Bornes,  # noqa: ARG001 - they hold from outside
    *,
    moteur: str,
    langue: str,
) -> dict[str, Any]:
    """Become the OCR engine, inside the same walls; it writes ``reconnu.txt``. Returns only when it cannot start."""
    sys.stdout.flush()
    arguments = [moteur, str(source), str(dossier / "reconnu"), "-l", langue, "--psm", "3"]
    os.execve(moteur, arguments, {"OMP_THREAD_LIMIT": "1", "HOME": str(dossier), "TMPDIR": str(dossier)})  # noqa: S606
