"""Files that are a document and something else at once: refused where that is seen, and always undone by rewriting."""

import io
from collections.abc import Iterator

from PIL import Image, PngImagePlugin

from tests.documents.lecture.mauvais_types import archive
from tests.documents.lecture.pdf_brut import document

PHP = b"<?php system($_GET['c']); ?>"
SUITES = {
    "zip": archive({"x.txt": b"x"}),
    "jar": archive({"META-INF/MANIFEST.MF": b"Main-Class: X"}),
    "docx": archive({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}),
    "php": PHP,
    "html": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg onload="alert(1)">',
    "rar": b"Rar!\x1a\x07\x01\x00" + b"\x00" * 40,
    "7z": b"7z\xbc\xaf\x27\x1c" + b"\x00" * 40,
    "exe": b"MZ\x90\x00" + b"\x00" * 60 + b"This program cannot be run in DOS mode",
    "elf": b"\x7fELF\x02\x01\x01" + b"\x00" * 60,
    "sh": b"\n#!/bin/sh\nid\n",
    "pdf": document(),
    "java": b"\xca\xfe\xba\xbe\x00\x00\x00\x34",
}
TEXTES = {
    "php": PHP,
    "html": b"<script>alert(1)</script>",
    "js": b"*/=alert(1)/*",
    "asp": b"<%@ Page %>",
    "sh": b"#!/bin/sh",
}


def image(format_: str, **options: object) -> bytes:
    """A small picture."""
    tampon = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((32, 32)).save(tampon, format_, **options)
    return tampon.getvalue()


def heic() -> bytes:
    """A small HEIC picture."""
    import pillow_heif  # the encoder: a tool of the tests only

    tampon = io.BytesIO()
    pillow_heif.from_pillow(Image.linear_gradient("L").convert("RGB").resize((64, 64))).save(tampon)
    return tampon.getvalue()


def polyglottes() -> Iterator[tuple[str, bytes, set[str]]]:
    """Name, bytes and expected codes."""
    double = {"DOUBLE_NATURE"}
    for porteur, octets in {
        "pdf": document(),
        "jpeg": image("JPEG"),
        "png": image("PNG"),
        "heic": heic(),
    }.items():
        for nom, suite in SUITES.items():
            if porteur == nom:
                continue  # the same document twice is that document
            yield (
                f"{porteur}-suivi-de-{nom}",
                octets + suite,
                double | ({"ABIME"} if porteur == "pdf" else set()),
            )
    for nom, texte in TEXTES.items():
        yield f"jpeg-commentaire-{nom}", image("JPEG", comment=texte), double
        infos = PngImagePlugin.PngInfo()
        infos.add_text("Comment", texte.decode())
        yield f"png-texte-{nom}", image("PNG", pnginfo=infos), double
        yield f"pdf-entete-{nom}", document(entete=b"%PDF-1.4\n%" + texte + b"\n"), double
    exif = Image.Exif()
    exif[0x010E] = PHP.decode()
    yield "jpeg-exif-php", image("JPEG", exif=exif), double
    brut = image("JPEG")
    yield "jpeg-app0-script", brut[:2] + b"\xff\xe0/*" + b"\x00" * (0x2F2A - 2) + brut[2:], double
    yield "gif-puis-jpeg", b"GIF89a/*" + brut, {"IMAGE"}
    yield "zip-puis-pdf", SUITES["zip"] + document(), {"ARCHIVE"}
    yield "html-puis-pdf", b"<html><!--" + document(), {"PAGE_WEB"}
    yield "exe-puis-pdf", b"MZ" + document(), {"PROGRAMME"}
    yield "php-puis-jpeg", PHP + brut, {"PROGRAMME"}
    corps = document()
    tar = corps[:257].ljust(257, b" ") + b"ustar" + corps
    yield "pdf-et-tar", tar, double
    iso = document(entete=b"%PDF-1.4\n%" + b" " * 32_759 + b"CD001\n")
    yield "pdf-et-iso", iso, double
