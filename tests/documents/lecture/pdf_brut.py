"""PDF files written by hand, byte by byte, so that a test may break any of their rules."""

import zlib
from collections.abc import Mapping, Sequence

PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> "
    b"/Contents 4 0 R %s >>"
)
POLICE = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
TEXTE = b"BT /F1 24 Tf 72 700 Td (Avis d imposition 2025) Tj ET"


def flux(octets: bytes, dictionnaire: bytes = b"") -> bytes:
    """One stream, as it is."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(octets), dictionnaire, octets)


def flux_comprime(octets: bytes, dictionnaire: bytes = b"", fois: int = 1) -> bytes:
    """One stream, compressed once or more."""
    for _ in range(fois):
        octets = zlib.compress(octets, 9)
    return flux(octets, b"/Filter [%s] %s" % (b"/FlateDecode " * fois, dictionnaire))


def assembler(
    objets: Mapping[int, bytes],
    *,
    entete: bytes = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    fin: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """A file of these objects, with a right cross-reference table; object 1 is the catalogue."""
    corps, places = entete, {}
    for numero, contenu in objets.items():
        places[numero] = len(corps)
        corps += b"%d 0 obj\n%s\nendobj\n" % (numero, contenu)
    taille = max(objets) + 1
    table = b"0000000000 65535 f \n"
    for numero in range(1, taille):
        table += b"%010d 00000 %c \n" % (places.get(numero, 0), b"n" if numero in places else b"f")
    debut = len(corps)
    corps += b"xref\n0 %d\n%s" % (taille, table)
    return corps + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n%s" % (
        taille,
        trailer,
        debut,
        fin,
    )


def document(
    *,
    catalogue: bytes = b"",
    page: bytes = b"",
    contenu: bytes | None = None,
    autres: Mapping[int, bytes] | None = None,
    **reste: bytes,
) -> bytes:
    """One page that shows a line of text; ``catalogue`` and ``page`` add keys, ``autres`` adds or replaces objects."""
    objets = {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % catalogue,
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: PAGE % page,
        4: contenu if contenu is not None else flux(TEXTE),
        5: POLICE,
    }
    return assembler({**objets, **(autres or {})}, **reste)


def pages(nombre: int, *, enfants: Sequence[bytes] | None = None) -> bytes:
    """A document of that many pages, which share their content."""
    kids = b" ".join(enfants or [b"%d 0 R" % n for n in range(10, 10 + nombre)])
    autres = {2: b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, nombre)}
    if not enfants:
        autres |= dict.fromkeys(range(10, 10 + nombre), PAGE % b"")
    return document(autres=autres)


def ressource(
    genre: bytes, valeur: bytes, contenu: bytes = TEXTE, autres: Mapping[int, bytes] | None = None
) -> bytes:
    """One page whose resources hold ``valeur`` under ``genre``, beside the font of its text."""
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> "
    return document(
        contenu=flux(contenu), autres={3: page + b"/%s << %s >> >> >>" % (genre, valeur), **(autres or {})}
    )


def mise_a_jour(avant: bytes, objets: Mapping[int, bytes]) -> bytes:
    """The same file with an incremental update: these objects replace their former state, which stays in the file."""
    ancien = int(avant.rsplit(b"startxref\n", 1)[1].split(b"\n")[0])
    corps, table = avant, b""
    for numero, contenu in objets.items():
        table += b"%d 1\n%010d 00000 n \n" % (numero, len(corps))
        corps += b"%d 0 obj\n%s\nendobj\n" % (numero, contenu)
    debut = len(corps)
    return corps + b"xref\n%strailer << /Size 40 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        ancien,
        debut,
    )
