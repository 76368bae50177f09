"""Independent eyes on what reading made: another PDF reader, and the bytes of pictures."""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
from PIL import Image
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

CLES_ACTIVES = frozenset(
    f"/{cle}"
    for cle in re.findall(
        r"\w+",
        """A AA OpenAction JS JavaScript URI Launch Win AcroForm XFA Fields Annots Names EmbeddedFiles EF AF Metadata
        PieceInfo
        Outlines Dests Threads B OCProperties OC Collection RichMediaContent 3DD Rendition Movie Sound Ref OPI
        Alternates F FFilter PS TR HT Thumb Info Perms StructTreeRoot Extensions Trans PresSteps SpiderInfo
        Requirements         ViewerPreferences PageMode Encrypt Prev Author Producer CharProcs MarkInfo SeparationInfo
        LastModified Properties
        """,
    )
)
VALEURS_ACTIVES = frozenset(
    f"/{valeur}"
    for valeur in re.findall(
        r"\w+",
        """JavaScript URI Launch GoToR GoToE SubmitForm ImportData ResetForm Named Rendition Sound Movie Hide
        SetOCGState
        RichMediaExecute EmbeddedFile Filespec Annot Widget PS OCG Metadata Type3 JBIG2Decode JPXDecode Crypt""",
    )
)
ENDROITS_LIBRES = frozenset({"/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading"})


def contenu_actif(pdf: bytes) -> list[str]:
    """What acts, hides or tells too much in a PDF: every object is looked at, reached from a page or not."""
    lecteur = pypdf.PdfReader(io.BytesIO(pdf), strict=True)
    trouves = [f"trailer {cle}" for cle in lecteur.trailer if cle in CLES_ACTIVES]
    trouves += [f"{n} marques de fin" for n in [pdf.count(b"%%EOF")] if n != 1]
    numeros = {n for table in lecteur.xref.values() for n in table} | set(lecteur.xref_objStm)
    for numero in sorted(numeros - {0}):
        trouves += _dans(lecteur.get_object(IndirectObject(numero, 0, lecteur)), "")
    return trouves


def _dans(objet: Any, sous: str) -> Iterator[str]:
    if isinstance(objet, DictionaryObject):
        yield from _dans_le_dictionnaire(objet, sous)
    elif isinstance(objet, ArrayObject):
        for valeur in objet:
            yield from _dans(valeur if not isinstance(valeur, IndirectObject) else None, sous)
    elif isinstance(objet, NameObject) and objet in VALEURS_ACTIVES:
        yield f"valeur {objet}"


def _dans_le_dictionnaire(objet: DictionaryObject, sous: str) -> Iterator[str]:
    for cle, valeur in objet.items():
        if sous not in ENDROITS_LIBRES and cle in CLES_ACTIVES:
            yield f"clé {cle}"
        yield from _dans(valeur if not isinstance(valeur, IndirectObject) else None, cle)
    if objet.get("/FunctionType") == 4:
        yield "PostScript"
    if isinstance(objet, StreamObject):
        yield from _codec(objet)


def _codec(flux: StreamObject) -> Iterator[str]:
    """A picture kept as JPEG is nothing but a picture."""
    if flux.get("/Filter") == "/DCTDecode":
        yield from contenu_bavard(flux._data)


def texte(pdf: bytes) -> str:
    """The text of all pages."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def contenu_bavard(image: bytes) -> list[str]:
    """What a JPEG or a PNG holds beside its picture."""
    return _png(image) if image.startswith(b"\x89PNG") else _jpeg(image)


def _jpeg(octets: bytes) -> list[str]:
    trouves, position = [], 2
    assert octets.startswith(b"\xff\xd8")
    while octets[position + 1] != 0xDA:
        marque, taille = octets[position + 1], int.from_bytes(octets[position + 2 : position + 4], "big")
        if marque == 0xFE or (
            0xE0 <= marque <= 0xEF and octets[position + 4 : position + 8] not in {b"JFIF", b"Adob"}
        ):
            trouves.append(f"segment {marque:x}")
        position += 2 + taille
    if not octets.endswith(b"\xff\xd9") or octets.count(b"\xff\xd9", position) != 1:
        trouves.append("suite")
    return trouves


def _png(octets: bytes) -> list[str]:
    trouves, position, genre = [], 8, b""
    while genre != b"IEND":
        taille, genre = (
            int.from_bytes(octets[position : position + 4], "big"),
            octets[position + 4 : position + 8],
        )
        if genre not in {b"IHDR", b"PLTE", b"IDAT", b"IEND"}:
            trouves.append(f"morceau {genre!r}")
        position += 12 + taille
    return trouves + (["suite"] if position != len(octets) else [])


def sans_rien_du_secret(fichier: Path) -> bool:
    """Whether none of the words that the tests hide is in the file, streams undone."""
    octets = fichier.read_bytes()
    if octets.startswith(b"%PDF"):
        lecteur = pypdf.PdfReader(io.BytesIO(octets))
        numeros = {n for table in lecteur.xref.values() for n in table} | set(lecteur.xref_objStm)
        for numero in numeros - {0}:
            objet = lecteur.get_object(IndirectObject(numero, 0, lecteur))
            octets += (
                objet.get_data()
                if isinstance(objet, StreamObject) and objet.get("/Subtype") != "/Image"
                else b""
            )
            octets += repr(objet).encode()
    return not any(
        mot in octets for mot in (b"ecret", b"198.51.100", b"app.alert", b"<script", b"99999", b"cmd.exe")
    )


def voir(fichier: Path) -> Image.Image:
    """The picture, and no open file."""
    return Image.open(io.BytesIO(fichier.read_bytes()))
