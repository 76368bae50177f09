"""Documents as households and administrations make them: nothing of what they show may be lost."""

import io

import pikepdf
import typst
from PIL import Image, ImageCms, ImageDraw

AVIS = """#set text(lang: "fr", size: 11pt)
= Avis d’impôt établi en 2025
Revenu fiscal de référence : 18 432 €. Déclarant : DÛRÀND Zoé-Hélène.
#table(columns: 3, ..range(60).map(n => [case #n]))
#lorem(900)
"""


def pdf_de_typst(source: str = AVIS) -> bytes:
    """A document of the kind that administrations send: text, fonts, tags."""
    return bytes(typst.compile(source.encode()))


def photo(largeur: int = 400, hauteur: int = 300) -> Image.Image:
    """Red on the left, blue on the right, a white square at the top left: every turn shows."""
    image = Image.new("RGB", (largeur, hauteur), "red")
    dessin = ImageDraw.Draw(image)
    dessin.rectangle((largeur // 2, 0, largeur, hauteur), fill="blue")
    dessin.rectangle((0, 0, largeur // 5, hauteur // 5), fill="white")
    return image


def encoder(image: Image.Image, format_: str, **options: object) -> bytes:
    """The picture as a file."""
    tampon = io.BytesIO()
    image.save(tampon, format_, **options)
    return tampon.getvalue()


def jpeg_de_portrait() -> bytes:
    """A phone held upright: the sensor's picture lies, and EXIF says to turn it (6: a quarter clockwise)."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return encoder(photo(), "JPEG", exif=exif, quality=95)


def heic(image: Image.Image | None = None) -> bytes:
    """What an iPhone takes."""
    import pillow_heif  # the encoder: a tool of the tests only

    tampon = io.BytesIO()
    pillow_heif.from_pillow(image or photo()).save(tampon, quality=90)
    return tampon.getvalue()


def png_16_bits() -> bytes:
    """A scan in 65 536 greys: black on the left, white on the right."""
    image = Image.new("I;16", (256, 16))
    image.putdata([x * 257 for _ in range(16) for x in range(256)])
    return encoder(image, "PNG")


def profil_adobe() -> bytes:
    """A profile that is not sRGB."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def scan(pages: int = 100) -> bytes:
    """A scan of that many A4 pages at 200 dots per inch, as an office machine makes it: one JPEG for each page."""
    feuille = Image.new("L", (1654, 2339), 255)
    dessin = ImageDraw.Draw(feuille)
    for y in range(100, 2200, 40):
        dessin.text(
            (120, y), f"Ligne {y} du document numerise, avec assez de mots pour remplir la page " * 2, fill=0
        )
    jpeg = encoder(feuille, "JPEG", quality=60)
    with pikepdf.Pdf.new() as pdf:
        for _ in range(pages):
            image = pdf.make_stream(b"")
            image.write(jpeg, filter=pikepdf.Name.DCTDecode)
            image.Type, image.Subtype, image.ColorSpace = (
                pikepdf.Name.XObject,
                pikepdf.Name.Image,
                pikepdf.Name.DeviceGray,
            )
            image.Width, image.Height, image.BitsPerComponent = *feuille.size, 8
            page = pdf.add_blank_page(page_size=(595, 842))
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im=image))
            page.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im Do Q")
        tampon = io.BytesIO()
        pdf.save(tampon)
    return tampon.getvalue()


def formulaire_rempli() -> bytes:
    """A form filled on a computer: what was typed is in the fields, not on the page."""
    from tests.documents.lecture.pdf_brut import document, flux

    apparence = flux(
        b"/Tx BMC q BT /F1 12 Tf 2 5 Td (DURAND Jeanne) Tj ET Q EMC",
        b"/Type /XObject /Subtype /Form /BBox [0 0 200 20] /Resources << /Font << /F1 5 0 R >> >>",
    )
    champ = (
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (nom) /V (DURAND Jeanne) /Rect [72 600 272 620] "
        b"/F 4 /P 3 0 R /AP << /N 25 0 R >> >>"
    )
    return document(
        page=b"/Annots [26 0 R]",
        catalogue=b"/AcroForm << /Fields [26 0 R] /DA (/F1 12 Tf) /DR << /Font << /F1 5 0 R >> >> >>",
        autres={25: apparence, 26: champ},
    )
