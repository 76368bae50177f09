"""Several documents already made safe become one, in order, each turned as asked: its pages follow one another."""

import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Page, Pdf
from PIL import Image, JpegImagePlugin, PngImagePlugin  # noqa: F401 - the two decoders in use

from sne.documents.lecture.arret import Arret
from sne.documents.lecture.dessin import Dessinateur, jpeg
from sne.documents.lecture.images import ecrire_vignette
from sne.documents.lecture.reecriture import TOURS, enregistrer

A4 = (595, 842)  # points
Bornes = dict[str, Any]


def assembler_pages(
    dossier: Path,
    source: Path,
    bornes: Bornes,
    *,
    suite: Sequence[tuple[int, str, int]],
    pages_max: int,
) -> dict[str, Any]:
    """Write ``original`` and its thumbnails, from documents that follow each other in ``source``.

    ``suite``: of each, its bytes, its type and its clockwise turn in degrees. Raises :class:`Arret` (``TROP_DE_PAGES``,
    ``PAGES_DEMANDEES``).
    """
    if any(tour not in TOURS for _, _, tour in suite):
        raise Arret("PAGES_DEMANDEES")
    original = dossier / "original"
    with Pdf.new() as apres:
        for octets, mime, tour in _morceaux(source, suite):
            _ajouter(apres, octets, mime, tour, bornes)
        pages = len(apres.pages)
        if pages > pages_max:
            raise Arret("TROP_DE_PAGES", pages=pages_max)
        enregistrer(apres, original)
    dessinateur = Dessinateur(original)
    for rang in range(pages):
        ecrire_vignette(dessinateur.vignette(rang, bornes), dossier / f"vignette-{rang + 1}", bornes)
    return {"mime": "application/pdf", "pages": pages}


def _morceaux(source: Path, suite: Sequence[tuple[int, str, int]]) -> Iterator[tuple[bytes, str, int]]:
    with source.open("rb") as flux:
        for taille, mime, tour in suite:
            yield flux.read(taille), mime, tour


def _ajouter(apres: Pdf, octets: bytes, mime: str, tour: int, bornes: Bornes) -> None:
    if mime != "application/pdf":
        apres.pages.append(_page(apres, octets, mime, bornes))
        apres.pages[-1].rotate(tour, relative=True)
        return
    with Pdf.open(io.BytesIO(octets)) as avant:
        for page in avant.pages:
            apres.pages.append(page)
            apres.pages[-1].rotate(tour, relative=True)


def _page(apres: Pdf, octets: bytes, mime: str, bornes: Bornes) -> Page:
    """The picture as a page that fits a sheet of paper, upright or lying as it is."""
    with Image.open(io.BytesIO(octets), formats=["JPEG", "PNG"]) as image:
        largeur, hauteur, gris = image.width, image.height, image.mode == "L"
        if mime != "image/jpeg":
            octets = jpeg(image if gris else image.convert("RGB"), bornes["qualite"])
    photo = apres.make_stream(b"")
    photo.write(octets, filter=Name.DCTDecode)
    photo.update(
        {
            "/Type": Name.XObject,
            "/Subtype": Name.Image,
            "/Width": largeur,
            "/Height": hauteur,
            "/BitsPerComponent": 8,
            "/ColorSpace": Name.DeviceGray if gris else Name.DeviceRGB,
        }
    )
    feuille = A4 if hauteur >= largeur else A4[::-1]
    echelle = min(feuille[0] / largeur, feuille[1] / hauteur)
    points = [Decimal(str(round(cote * echelle, 2))) for cote in (largeur, hauteur)]
    return Page(
        Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, *points]),
            Resources=Dictionary(XObject=Dictionary(Im=photo)),
            Contents=apres.make_stream(f"q {points[0]} 0 0 {points[1]} 0 0 cm /Im Do Q".encode()),
        )
    )
