"""Files that are small and cost much: memory, time, depth or number; each with the codes that may refuse it."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.documents.lecture.pdf_brut import TEXTE, assembler, document, flux, flux_comprime, pages, ressource
from tests.documents.lecture.polyglottes import heic, image

LOURD = {"TROP_COMPLEXE", "TROP_LONG", "ILLISIBLE", "ABIME"}
MO = 1_000_000


def bombes() -> Iterator[tuple[str, bytes, set[str]]]:
    """Name, bytes and expected codes."""
    yield from _images()
    yield from _flux()
    yield from _nombres()
    yield from _recursions()


def _morceau(genre: bytes, octets: bytes) -> bytes:
    return struct.pack(">I", len(octets)) + genre + octets + struct.pack(">I", zlib.crc32(genre + octets))


def png(largeur: int, hauteur: int, *, bits: int = 1, avant: bytes = b"", donnees: bytes = b"") -> bytes:
    """A PNG of that announced size, with extra chunks before its data."""
    entete = struct.pack(">IIBBBBB", largeur, hauteur, bits, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _morceau(b"IHDR", entete)
        + avant
        + _morceau(b"IDAT", donnees)
        + _morceau(b"IEND", b"")
    )


def _images() -> Iterator[tuple[str, bytes, set[str]]]:
    grande = {"TROP_DE_PIXELS"}
    for largeur, hauteur in (
        (20_000, 20_000),
        (65_535, 65_535),
        (2**31 - 1, 2**31 - 1),
        (1, 2**31 - 1),
        (40_000, 1),
    ):
        yield (
            f"png-{largeur}x{hauteur}",
            png(largeur, hauteur, donnees=zlib.compress(b"\x00" * 99)),
            grande | {"ABIME"},
        )
    vraie = zlib.compress(b"\x00" * (20_000 // 8 + 1) * 20_000, 9)
    yield "png-vraie-bombe", png(20_000, 20_000, donnees=vraie), grande
    gros = zlib.compress(b"\x00" * 80 * MO, 9)
    for genre, contenu in {
        b"zTXt": b"Comment\x00\x00" + gros,
        b"iTXt": b"Comment\x00\x01\x00\x00\x00" + gros,
        b"iCCP": b"profil\x00\x00" + gros,
    }.items():
        avant = _morceau(genre, contenu)
        yield (
            f"png-{genre.decode()}-bombe",
            png(8, 8, avant=avant, donnees=zlib.compress(b"\x00" * 16)),
            LOURD,
        )
    jpeg = image("JPEG")
    for largeur, hauteur in ((65_500, 65_500), (30_000, 30_000)):
        sof = b"\xff\xc0\x00\x11\x08" + struct.pack(">HH", hauteur, largeur)
        yield f"jpeg-{largeur}x{hauteur}", jpeg.replace(b"\xff\xc0\x00\x11\x08\x00\x20\x00\x20", sof), grande
    photo = heic()
    place = photo.find(b"ispe") + 8
    yield (
        "heic-geant",
        photo[:place] + struct.pack(">II", 60_000, 60_000) + photo[place + 8 :],
        grande | {"ABIME"},
    )
    tampon = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(tampon, "PNG")
    yield "png-81-millions", tampon.getvalue(), grande


def _flux() -> Iterator[tuple[str, bytes, set[str]]]:
    vide = b"\x00" * 40 * MO
    simple = zlib.compress(vide, 9)
    double = zlib.compress(simple, 9)
    del vide
    yield "flate-simple", document(contenu=flux(simple, b"/Filter /FlateDecode")), LOURD
    yield "flate-double", document(contenu=flux(double, b"/Filter [/FlateDecode /FlateDecode]")), LOURD
    yield "flate-dix-fois", document(contenu=flux_comprime(TEXTE, fois=10)), LOURD
    for nom, tampon in {"lzw": b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", "ascii85": b"z" * 9}.items():
        filtre = {"lzw": b"/LZWDecode", "ascii85": b"/ASCII85Decode"}[nom]
        yield (
            f"filtres-{nom}-trop-nombreux",
            document(contenu=flux(tampon, b"/Filter [%s]" % (filtre + b" ") * 30)),
            LOURD,
        )
    yield (
        "image-flate",
        ressource(
            b"XObject",
            b"/X 27 0 R",
            TEXTE + b" /X Do",
            {
                27: flux(
                    simple,
                    b"/Type /XObject /Subtype /Image /Width 7000 /Height 7000 /BitsPerComponent 8 "
                    b"/ColorSpace /DeviceGray /Filter /FlateDecode",
                )
            },
        ),
        LOURD,
    )
    yield (
        "police-flate",
        document(
            autres={
                5: b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 27 0 R >>",
                27: b"<< /Type /FontDescriptor /FontName /X /Flags 4 /FontFile2 28 0 R >>",
                28: flux(simple, b"/Filter /FlateDecode"),
            }
        ),
        LOURD,
    )
    yield "objets-flate", _flux_d_objets(double), LOURD
    geante = b"/Type /XObject /Subtype /Image /Width 60000 /Height 60000 /BitsPerComponent 1 /ColorSpace /DeviceGray"
    yield (
        "image-annoncee-geante",
        ressource(b"XObject", b"/X 27 0 R", TEXTE, {27: flux(b"x", geante)}),
        {"TROP_DE_PIXELS"},
    )


def _flux_d_objets(double: bytes) -> bytes:
    """A document whose object 4 hides in an object stream that inflates without end."""
    corps, places = b"%PDF-1.5\n", {}
    objets = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources 4 0 R >>",
        6: flux(double, b"/Type /ObjStm /N 1 /First 9 /Filter [/FlateDecode /FlateDecode]"),
    }
    for numero, contenu in objets.items():
        places[numero] = len(corps)
        corps += b"%d 0 obj\n%s\nendobj\n" % (numero, contenu)
    lignes = (
        [(0, 0, 65535)] + [(1, places[n], 0) for n in (1, 2, 3)] + [(2, 6, 0), (0, 0, 0), (1, places[6], 0)]
    )
    lignes.append((1, len(corps), 0))
    table = b"".join(struct.pack(">BIH", *ligne) for ligne in lignes)
    debut = len(corps)
    corps += b"7 0 obj\n" + flux(table, b"/Type /XRef /W [1 4 2] /Size 8 /Root 1 0 R") + b"\nendobj\n"
    return corps + b"startxref\n%d\n%%%%EOF\n" % debut


def _nombres() -> Iterator[tuple[str, bytes, set[str]]]:
    yield "pages-deux-mille", pages(2_000), {"TROP_DE_PAGES"}
    yield "pages-la-meme", pages(1_000, enfants=[b"3 0 R"] * 1_000), {"TROP_DE_PAGES", "ABIME"}
    yield "tableau-geant", ressource(b"ExtGState", b"/G << /D [[%s] 0] >>" % (b"1 " * 600_000)), LOURD
    yield (
        "objets-cent-mille",
        ressource(b"ExtGState", b" ".join(b"/G%d << /LW 1 /CA 1 /ca 1 >>" % n for n in range(30_000))),
        LOURD,
    )
    yield "noms-geants", ressource(b"Font", b"/F%s 5 0 R" % (b"x" * 3 * MO)), LOURD | {"TROP_LOURD"}
    yield "table-annoncee-geante", document().replace(b"/Size 6", b"/Size 2147483647"), LOURD
    trop = assembler(
        {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [] /Count 999999999 >>"}
    )
    yield "compte-menteur", trop, {"SANS_PAGE", "ABIME"}


def _recursions() -> Iterator[tuple[str, bytes, set[str]]]:
    yield "tableaux-emboites", document(page=b"/X " + b"[" * 5_000 + b"]" * 5_000), LOURD
    yield "dictionnaires-emboites", document(page=b"/X " + b"<</X " * 5_000 + b"1" + b">>" * 5_000), LOURD
    profond = {2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>"}
    profond |= {
        n: b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (n - 1, n + 1)
        for n in range(10, 3_010)
    }
    yield (
        "arbre-profond",
        document(autres={**profond, 3_010: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>"}),
        LOURD,
    )
    couleur = b"/DeviceGray"
    for _ in range(80):
        couleur = b"[/Indexed %s 1 <0001>]" % couleur
    yield "couleurs-emboitees", ressource(b"ColorSpace", b"/C " + couleur), LOURD
    fonctions = {
        n: b"<< /FunctionType 3 /Domain [0 1] /Functions [%d 0 R] /Bounds [] /Encode [0 1] >>" % (n + 1)
        for n in range(30, 130)
    }
    fonctions[130] = b"<< /FunctionType 2 /Domain [0 1] /N 1 >>"
    yield (
        "fonctions-emboitees",
        ressource(b"ColorSpace", b"/C [/Separation /E /DeviceGray 30 0 R]", TEXTE, fonctions),
        LOURD,
    )
    formes = {
        n: flux(
            b"/X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
            % (n + 1),
        )
        for n in range(30, 130)
    }
    formes[130] = flux(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    yield "formes-emboitees", ressource(b"XObject", b"/X 30 0 R", TEXTE + b" /X Do", formes), LOURD
    rires = {
        n: flux(
            b"/X Do " * 20,
            b"/Type /XObject /Subtype /Form /BBox [0 0 900 900] /Resources << /XObject << /X %d 0 R >> >>"
            % (n + 1),
        )
        for n in range(30, 42)
    }
    rires[42] = flux(b"0 0 900 900 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 900 900]")
    nom = b"/X 30 0 R"  # its own cost is counted: no reader is left to find it out in seconds
    yield "milliard-de-formes", ressource(b"XObject", nom, TEXTE + b" /X Do", rires), {"TROP_COMPLEXE"}
    yield (
        "milliard-sous-un-nom-cache",
        ressource(b"XObject", nom, TEXTE + b" /#58 Do", rires),
        {"TROP_COMPLEXE"},
    )
