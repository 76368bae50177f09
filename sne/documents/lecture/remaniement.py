"""Turns, chooses and orders the pages of a document already made safe: the result is a document of the same kind."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pikepdf import Pdf
from PIL import Image

from sne.documents.lecture.arret import Arret
from sne.documents.lecture.dessin import RETOURNER, Dessinateur
from sne.documents.lecture.images import ecrire, ecrire_vignette
from sne.documents.lecture.reecriture import TOURS, enregistrer

Bornes = dict[str, Any]


def remanier(
    dossier: Path, source: Path, bornes: Bornes, *, mime: str, pages: Sequence[tuple[int, int]]
) -> dict[str, Any]:
    """Write ``original`` and its thumbnails; ``pages``: (page from 1, clockwise turn in degrees), in their new order.

    Raises :class:`Arret` (``PAGES_DEMANDEES``).
    """
    if not pages or any(tour not in TOURS for _, tour in pages):
        raise Arret("PAGES_DEMANDEES")
    if mime == "application/pdf":
        return _pdf(dossier, source, pages, bornes)
    return _image(dossier, source, pages, bornes)


def _pdf(dossier: Path, source: Path, pages: Sequence[tuple[int, int]], bornes: Bornes) -> dict[str, Any]:
    original = dossier / "original"
    with Pdf.open(source) as avant, Pdf.new() as apres:
        numeros = [numero for numero, _ in pages]
        if len(set(numeros)) != len(numeros) or not all(1 <= n <= len(avant.pages) for n in numeros):
            raise Arret("PAGES_DEMANDEES")
        for numero, tour in pages:
            apres.pages.append(avant.pages[numero - 1])
            apres.pages[-1].rotate(tour, relative=True)
        apres.remove_unreferenced_resources()
        enregistrer(apres, original)
    dessinateur = Dessinateur(original)
    for rang in range(len(pages)):
        ecrire_vignette(dessinateur.vignette(rang, bornes), dossier / f"vignette-{rang + 1}", bornes)
    return {"mime": "application/pdf", "pages": len(pages)}


def _image(dossier: Path, source: Path, pages: Sequence[tuple[int, int]], bornes: Bornes) -> dict[str, Any]:
    if len(pages) != 1 or pages[0][0] != 1:
        raise Arret("PAGES_DEMANDEES")
    with Image.open(source, formats=["JPEG", "PNG"]) as avant:
        tour = pages[0][1]
        image = avant.transpose(RETOURNER[tour]) if tour else avant.copy()
    image.info.clear()
    image = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    mime = ecrire(image, dossier / "original", bornes)
    ecrire_vignette(image, dossier / "vignette-1", bornes)
    return {"mime": mime, "pages": 1}
