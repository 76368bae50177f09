"""Writes who looks, when and why across a picture or each page of a PDF; what is beneath stays readable."""

import math
import zlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf
from PIL import Image, ImageDraw, ImageFont

from sne.documents.lecture.reecriture import cadre_de, enregistrer

Image.MAX_IMAGE_PIXELS = None  # pictures of this folder were bounded when they were made
POLICE = Path(__file__).resolve().parents[2] / "socle" / "polices" / "NotoSans-Bold.ttf"
OPACITE, ENCRE = 0.20, (60, 0, 80)
PENTE = 30  # degrees
PAS_PDF = 100 / 72  # pixels of the mask for one point
Bornes = dict[str, Any]


def filigraner(dossier: Path, source: Path, bornes: Bornes, *, mime: str, phrase: str) -> dict[str, Any]:
    """Write ``marque`` in ``dossier``: the file of that type, with ``phrase`` across each page."""
    destination = dossier / "marque"
    if mime == "application/pdf":
        _sur_pdf(source, destination, phrase, bornes)
    else:
        with Image.open(source, formats=["JPEG", "PNG", "WEBP"]) as image:
            marquee = sur_image(image, phrase)
        marquee.save(destination, "PNG" if mime == "image/png" else "JPEG", quality=bornes["qualite"])
    return {}


def sur_image(image: Image.Image, phrase: str) -> Image.Image:
    """The picture with ``phrase`` across."""
    marquee = image.convert("RGB")
    marquee.paste(ENCRE, mask=masque(marquee.width, marquee.height, phrase))
    return marquee


@lru_cache(maxsize=8)  # the pages of a sheet are of one or two sizes
def masque(largeur: int, hauteur: int, phrase: str) -> Image.Image:
    """Where the ink goes, and how much: the phrase again and again along a slope, over all the surface."""
    corps = max(9, round(math.sqrt(largeur * hauteur) / 45))
    police = ImageFont.truetype(POLICE, corps, layout_engine=ImageFont.Layout.BASIC)
    diagonale = math.ceil(math.hypot(largeur, hauteur))
    plan = Image.new("L", (diagonale, diagonale))
    dessin = ImageDraw.Draw(plan)
    pas = math.ceil(dessin.textlength(phrase, font=police)) + corps * 4
    encre = round(255 * OPACITE)
    for ligne, y in enumerate(range(0, diagonale, corps * 6)):
        for x in range(-(ligne % 2) * pas // 2, diagonale, pas):
            dessin.text((x, y), phrase, fill=encre, font=police)
    plan = plan.rotate(PENTE, Image.Resampling.BILINEAR)
    gauche, haut = (diagonale - largeur) // 2, (diagonale - hauteur) // 2
    return plan.crop((gauche, haut, gauche + largeur, haut + hauteur))


def _sur_pdf(source: Path, destination: Path, phrase: str, bornes: Bornes) -> None:
    with Pdf.open(source) as pdf:
        marques: dict[tuple[int, int, int], Object] = {}
        for page in pdf.pages:
            x, y, droite, haut = cadre_de(page, bornes)
            tour = int(page.obj.get("/Rotate", 0)) % 360
            taille = (math.ceil(droite - x), math.ceil(haut - y), tour)
            if taille not in marques:
                marques[taille] = _marque(pdf, *taille, phrase)
            _poser(pdf, page.obj, marques[taille], [x, y, droite - x, haut - y])
        enregistrer(pdf, destination)


def _marque(pdf: Pdf, largeur: int, hauteur: int, tour: int, phrase: str) -> Object:
    """One picture of ink for all pages of one size: its mask says where it is seen. Upright however the page turns."""
    couchee = tour in {90, 270}
    vue = (hauteur, largeur) if couchee else (largeur, hauteur)
    echelle = min(PAS_PDF, 2_000 / max(vue))
    dessin = masque(max(1, round(vue[0] * echelle)), max(1, round(vue[1] * echelle)), phrase).rotate(
        tour, expand=True
    )
    voile = _image(pdf, dessin.tobytes(), dessin.width, dessin.height, Name.DeviceGray)
    encre = _image(pdf, bytes(ENCRE), 1, 1, Name.DeviceRGB)
    encre.SMask = voile
    return encre


def _image(pdf: Pdf, octets: bytes, largeur: int, hauteur: int, couleurs: Name) -> Object:
    flux = pdf.make_stream(b"")
    flux.write(zlib.compress(octets), filter=Name.FlateDecode)
    flux.Type, flux.Subtype, flux.ColorSpace = Name.XObject, Name.Image, couleurs
    flux.Width, flux.Height, flux.BitsPerComponent = largeur, hauteur, 8
    return flux


def _poser(pdf: Pdf, page: Object, marque: Object, cadre: list[float]) -> None:
    """Draw the mark last, whatever state the page's own instructions leave."""
    avant: Any = page.get("/Resources") or Dictionary()
    ressources = pdf.make_indirect(Dictionary(avant))
    dessins: Any = avant.get("/XObject") or Dictionary()
    images = Dictionary(dessins)
    images["/SneFiligrane"] = marque
    ressources.XObject = images
    page.Resources = ressources
    x, y, largeur, hauteur = cadre
    fin = f"Q q {largeur:.4f} 0 0 {hauteur:.4f} {x:.4f} {y:.4f} cm /SneFiligrane Do Q".encode()
    page.Contents = Array([pdf.make_stream(b"q"), page.Contents, pdf.make_stream(fin)])
