"""One page that uses everything honest drawing programs use: patterns, shadings, masks, profiles, inks, fax, forms."""

import io

from PIL import Image, ImageCms

from tests.documents.lecture.pdf_brut import document, flux, flux_comprime

TRACE = b"""
BT /F1 24 Tf 72 780 Td (Document riche) Tj ET
/Encre cs .7 scn 20 700 80 40 re f
/Deux cs .5 .4 scn 120 700 80 40 re f
/Profil cs .2 .6 .3 scn 220 700 80 40 re f
/Calibre cs .9 .2 .1 scn 320 700 80 40 re f
/Motif cs /Carreaux scn 20 600 200 80 re f
/Motif cs /Fondu scn 240 600 200 80 re f
q 20 480 200 100 re W n /Axial sh Q
q /Voile gs 0 0 1 rg 240 480 200 100 re f Q
q 100 0 0 100 20 360 cm /Fax Do Q
q 100 0 0 100 140 360 cm /Palette Do Q
q 100 0 0 100 260 360 cm /Photo Do Q
q 100 0 0 100 380 360 cm /Masque Do Q
q 1 0 0 1 20 240 cm /Forme Do Q
q 100 0 0 100 260 240 cm BI /W 2 /H 2 /BPC 8 /CS /G ID \x00\x80\x80\xff EI Q
"""
FONCTION = b"<< /FunctionType 2 /Domain [0 1] /C0 [1 0 0] /C1 [0 0 1] /N 1 >>"


def image(cles: bytes, octets: bytes) -> bytes:
    """A picture."""
    return flux(octets, b"/Type /XObject /Subtype /Image " + cles)


def fax() -> bytes:
    """A fax of one black square, as coded by TIFF writers."""
    tampon = io.BytesIO()
    carre = Image.new("1", (32, 32), 1)
    carre.paste(0, (8, 8, 24, 24))
    carre.save(tampon, "TIFF", compression="group4")
    with Image.open(tampon) as tiff:
        debut, taille = tiff.tag_v2[273][0], tiff.tag_v2[279][0]
    return tampon.getvalue()[debut : debut + taille]


def jpeg_cmjn() -> bytes:
    """A CMYK picture, with its profile and a comment that must go."""
    tampon = io.BytesIO()
    Image.new("CMYK", (16, 16), (200, 20, 20, 10)).save(tampon, "JPEG", comment=b"secret", quality=95)
    return tampon.getvalue()


def document_riche() -> bytes:
    """The page."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    ressources = b"""<< /Font << /F1 5 0 R >>
      /ColorSpace << /Encre [/Separation /Rouge /DeviceRGB 30 0 R] /Deux [/DeviceN [/A /B] /DeviceRGB 31 0 R << >>]
        /Profil [/ICCBased 32 0 R] /Calibre [/CalRGB << /WhitePoint [.95 1 1.09] /Gamma [2.2 2.2 2.2] >>]
        /Motif [/Pattern] >>
      /Pattern << /Carreaux 33 0 R /Fondu << /PatternType 2 /Shading 34 0 R >> >>
      /Shading << /Axial 34 0 R >>
      /ExtGState << /Voile << /CA .5 /ca .5 /BM /Multiply /SMask << /S /Luminosity /G 35 0 R >> /Font [5 0 R 12] >> >>
      /XObject << /Fax 36 0 R /Palette 37 0 R /Photo 38 0 R /Masque 39 0 R /Forme 40 0 R >> >>"""
    deux = flux(
        bytes(range(0, 12)) * 1,
        b"/FunctionType 0 /Domain [0 1 0 1] /Range [0 1 0 1 0 1] /Size [2 2] /BitsPerSample 8",
    )
    return document(
        contenu=flux_comprime(TRACE),
        autres={
            3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents [4 0 R 42 0 R] /Resources %s "
            b"/Group << /S /Transparency /CS /DeviceRGB >> >>" % ressources,
            30: FONCTION,
            31: deux,
            32: flux_comprime(icc, b"/N 3 /Alternate /DeviceRGB"),
            33: flux(
                b"1 0 0 rg 0 0 5 5 re f",
                b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 10 10] /XStep 10 /YStep 10 /Resources << >>",
            ),
            34: b"<< /ShadingType 2 /ColorSpace /DeviceRGB /Coords [20 0 440 0] /Extend [true true] /Function "
            b"<< /FunctionType 3 /Domain [0 1] /Functions [30 0 R 30 0 R] /Bounds [.5] /Encode [0 1 1 0] >> >>",
            35: flux(
                b".5 g 240 480 200 100 re f",
                b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Group << /S /Transparency /CS /DeviceGray >>",
            ),
            36: image(
                b"/Width 32 /Height 32 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode "
                b"/DecodeParms << /K -1 /Columns 32 /Rows 32 >>",
                fax(),
            ),
            37: image(
                b"/Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 3 41 0 R]",
                b"\x00\x01\x02\x03",
            ),
            38: image(
                b"/Width 16 /Height 16 /BitsPerComponent 8 /ColorSpace /DeviceCMYK /Decode [1 0 1 0 1 0 1 0] "
                b"/Filter /DCTDecode /DecodeParms << /ColorTransform 0 >>",
                jpeg_cmjn(),
            ),
            39: image(
                b"/Width 2 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray /Mask [0 10] /Interpolate false",
                b"\x00\x80\xc0\xff",
            ),
            40: flux(
                b"/Carreaux Do 0 .5 0 rg 0 0 200 80 re f",
                b"/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Matrix [1 0 0 1 0 0] "
                b"/Resources << /XObject << /Carreaux 36 0 R >> >>",
            ),
            41: flux(b"FF0000 00FF00 0000FF FFFFFF>", b"/Filter /ASCIIHexDecode"),
            42: flux(b"0 0 1 RG 20 100 400 50 re S"),
        },
    )
