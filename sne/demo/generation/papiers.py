"""Small documents that a fictional household hands in: pages with true text, cards as pictures; each says so."""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from sne.socle.typographie import POLICES

SPECIMEN = "SPÉCIMEN – personne fictive, document sans valeur"
A4 = (595, 842)  # points
CARTE = (720, 450)  # pixels
GRAND, COURANT, INTERLIGNE = 15, 11, 22  # points
ENCRE, FOND, BANDE = (40, 44, 60), (236, 240, 246), (190, 204, 226)
FLOU = 9  # pixels: nothing can be read


def page(titre: str, lignes: Sequence[str]) -> bytes:
    """A PDF of one page, whose text a machine reads."""
    dessin, hauteur = [], A4[1] - 90
    for corps, texte in [(GRAND, titre), (COURANT, SPECIMEN), *((COURANT, ligne) for ligne in lignes)]:
        mots = texte.encode("cp1252", "replace")
        for signe in (b"\\", b"(", b")"):
            mots = mots.replace(signe, b"\\" + signe)
        dessin.append(b"BT /F %d Tf 70 %d Td (%s) Tj ET" % (corps, hauteur, mots))
        hauteur -= INTERLIGNE
    with pikepdf.new() as pdf:
        police = pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
        feuille = pdf.add_blank_page(page_size=A4)
        feuille.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=pdf.make_indirect(police)))
        feuille.obj.Contents = pdf.make_stream(b"\n".join(dessin))
        sortie = io.BytesIO()
        pdf.save(sortie, deterministic_id=True)
    return sortie.getvalue()


def carte(titre: str, lignes: Sequence[str], *, floue: bool = False) -> bytes:
    """A JPEG of a card; ``floue``: as a photo taken while moving."""
    image = Image.new("RGB", CARTE, FOND)
    dessin = ImageDraw.Draw(image)
    dessin.rectangle((0, 0, CARTE[0], 70), fill=BANDE)
    dessin.rectangle((40, 110, 220, 340), fill=BANDE)
    dessin.text((40, 18), titre, fill=ENCRE, font=_police(30))
    for rang, ligne in enumerate(lignes):
        dessin.text((260, 110 + 46 * rang), ligne, fill=ENCRE, font=_police(22))
    dessin.text((40, 395), SPECIMEN, fill=ENCRE, font=_police(18))
    if floue:
        image = image.filter(ImageFilter.GaussianBlur(FLOU))
    sortie = io.BytesIO()
    image.save(sortie, "JPEG", quality=82)
    return sortie.getvalue()


def _police(corps: int) -> ImageFont.FreeTypeFont:
    """The font of the service: the library's own has no accent."""
    return ImageFont.truetype(POLICES / "NotoSans-Regular.ttf", corps)
