"""Pages drawn as pictures, by PDFium: thumbnails, the viewer's pages, and the pages that cannot be rewritten."""

import io
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: F401 - the encoders in use

from sne.documents.lecture.arret import Arret

POINTS_PAR_POUCE = 72
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}
RETOURNER = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}
COUCHEES = frozenset({90, 270})
Image.MAX_IMAGE_PIXELS = None  # pictures of this folder were bounded when they were made
Bornes = dict[str, Any]


class Dessinateur:
    """Draws pages of one PDF, opened at the first one."""

    def __init__(self, source: Path) -> None:
        self.source = source
        self._pdf: pdfium.PdfDocument | None = None

    @property
    def pdf(self) -> pdfium.PdfDocument:
        """The document. Raises :class:`Arret`."""
        if self._pdf is None:
            try:
                self._pdf = pdfium.PdfDocument(self.source)
                self._pdf.init_forms()
            except pdfium.PdfiumError as exc:
                raise Arret("ABIME") from exc
        return self._pdf

    def page(self, rang: int, points_par_pouce: float, bornes: Bornes) -> tuple[Image.Image, float, float]:
        """Picture of a page counted from 0, upright, on white; its width and height in points."""
        page = self.pdf[rang]
        largeur, hauteur = page.get_size()
        echelle = min(points_par_pouce / POINTS_PAR_POUCE, bornes["grand_cote"] / max(largeur, hauteur))
        image = page.render(scale=echelle).to_pil().convert("RGB")
        page.close()
        return image, largeur, hauteur

    def page_de_largeur(self, rang: int, largeur: int, bornes: Bornes, *, couchee: bool) -> Image.Image:
        """Picture of a page counted from 0, of that width (``couchee``: height) in pixels, its longest side bounded."""
        points = self.pdf[rang].get_size()[couchee]
        return self.page(rang, largeur / points * POINTS_PAR_POUCE, bornes)[0]

    def vignette(self, rang: int, bornes: Bornes) -> Image.Image:
        """A small picture of a page counted from 0."""
        points = max(self.pdf[rang].get_size())
        return self.page(rang, bornes["vignette"] / points * POINTS_PAR_POUCE, bornes)[0]


def jpeg(image: Image.Image, qualite: int) -> bytes:
    """The picture as JPEG."""
    tampon = io.BytesIO()
    image.save(tampon, "JPEG", quality=qualite, optimize=True)
    return tampon.getvalue()


def dessiner_page(
    dossier: Path,
    source: Path,
    bornes: Bornes,
    *,
    mime: str,
    rang: int,
    largeur: int,
    tour: int,
    sortie: str,
    phrase: str,
) -> dict[str, Any]:
    """Write ``page``: page ``rang`` (from 1) at that width in pixels, with ``phrase`` across it unless it is empty.

    ``tour``: degrees, clockwise; the width is that of the page once turned. A picture is never enlarged.
    Raises :class:`Arret` (``PAGES_DEMANDEES``).
    """
    if mime == "application/pdf":
        dessinateur = Dessinateur(source)
        if not 1 <= rang <= len(dessinateur.pdf):
            raise Arret("PAGES_DEMANDEES")
        image = dessinateur.page_de_largeur(rang - 1, largeur, bornes, couchee=tour in COUCHEES)
    elif rang == 1:
        image = _photo(source, largeur, couchee=tour in COUCHEES)
    else:
        raise Arret("PAGES_DEMANDEES")
    if tour:
        image = image.transpose(RETOURNER[tour])
    if phrase:
        from sne.documents.lecture.filigrane import sur_image  # noqa: PLC0415 - not needed by a reception

        image = sur_image(image, phrase)
    image.save(dossier / "page", FORMATS[sortie], quality=bornes["qualite"])
    return {"largeur": image.width, "hauteur": image.height}


def _photo(source: Path, largeur: int, *, couchee: bool) -> Image.Image:
    with Image.open(source, formats=["JPEG", "PNG"]) as image:
        image.draft(None, (largeur, largeur))
        image.load()
        if image.size[couchee] > largeur:
            cadre = (image.width, largeur) if couchee else (largeur, image.height)
            image.thumbnail(cadre, Image.Resampling.LANCZOS, reducing_gap=2.0)
        return image.convert("RGB")
