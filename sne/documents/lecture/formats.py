"""What a file truly is, by its bytes, never by its name; and whether it is something else at the same time."""

import re
from collections.abc import Iterator
from enum import StrEnum

from sne.documents.lecture.arret import Arret


class Nature(StrEnum):
    """Formats that are read."""

    PDF = "PDF"
    JPEG = "JPEG"
    PNG = "PNG"
    HEIC = "HEIC"


class Lieu(StrEnum):
    """What a part beside the picture is made of: free text, binary data, or what follows the end."""

    MOTS = "mots"
    DONNEES = "donnees"
    SUITE = "suite"


MARQUES_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
AUTRES: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(motif, re.DOTALL | re.IGNORECASE), code)
    for motif, code in (
        (
            rb"PK(\x03\x04|\x05\x06).*(word/|xl/|ppt/|mimetypeapplication/vnd\.oasis|\[Content_Types\])",
            "BUREAUTIQUE",
        ),
        (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1|\{\\rtf", "BUREAUTIQUE"),
        (
            rb"PK(\x03\x04|\x05\x06|\x07\x08)|Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd|MSCF",
            "ARCHIVE",
        ),
        (rb".{257}ustar|.{32769}CD001", "ARCHIVE"),
        (
            rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xcf\xfa\xed\xfe|\x00asm|#!|dex\n|L\x00\x00\x00\x01\x14\x02\x00",
            "PROGRAMME",
        ),
        (
            rb"II\*\x00|MM\x00\*|GIF8|BM.{4}\x00\x00\x00\x00|RIFF.{4}WEBP|\x00\x00\x01\x00|8BPS|\xff\x0a|\x00\x00\x00\x0cjP",
            "IMAGE",
        ),
        (rb".{4}ftypavi[fs]", "IMAGE"),
        (rb".{4}ftyp|\x1a\x45\xdf\xa3|RIFF.{4}(AVI|WAVE)|ID3|OggS|fLaC|\xff\xfb|.{4}moov|.{4}mdat", "VIDEO"),
        (rb"(\xef\xbb\xbf)?\s*(<\?php|<\?=)", "PROGRAMME"),
        (
            rb"(\xef\xbb\xbf)?\s*<(\?xml|!doctype|!--|html|head|body|script|svg|iframe|table|div|p\b)",
            "PAGE_WEB",
        ),
        (
            rb"(Return-Path|Received|From|To|Subject|Date|Message-ID|MIME-Version|Delivered-To|X-[\w-]+): ",
            "COURRIEL",
        ),
    )
)
Morceau = tuple[bytes, Lieu]
LONGUES = re.compile(  # five bytes or more: megabytes of film do not hold them by chance
    rb"%PDF-[12]\.|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|<\?php|<script|<!doctype|<html|<svg[\s>]|<iframe|"
    rb"#!/(?:bin|usr)|This program cannot be run",
    re.IGNORECASE,
)
COURTES = re.compile(
    rb"PK\x03\x04|PK\x05\x06|\x7fELF|MZ.\x00|<\?|<%|#!|\xca\xfe\xba\xbe|\*/\s*[=;(.]", re.DOTALL
)
FIN_ZIP = re.compile(rb"PK\x05\x06")
QUEUE_ZIP = 65_557  # end record and its longest comment


def reconnaitre(octets: bytes) -> Nature:
    """The format of these bytes. Raises :class:`Arret` when it is not one that is read."""
    if not octets:
        raise Arret("VIDE")
    if re.match(rb"%PDF-[12]\.\d", octets):
        return Nature.PDF
    if octets.startswith(b"\xff\xd8\xff"):
        return Nature.JPEG
    if octets.startswith(b"\x89PNG\r\n\x1a\n"):
        return Nature.PNG
    if octets[4:8] == b"ftyp" and octets[8:12] in MARQUES_HEIC:
        return Nature.HEIC
    tete = octets[:40_000]
    raise Arret(next((code for motif, code in AUTRES if motif.match(tete)), "FORMAT"))


def exiger_une_seule_nature(octets: bytes, nature: Nature) -> None:
    """Refuse a file that other programs would read as something else. Raises :class:`Arret` (``DOUBLE_NATURE``).

    Only places that hold no picture or page are looked at: what a phone adds after a photo (a film) is no other nature,
    and rewriting removes it, as it does whatever this did not recognise.
    """
    if octets[257:262] == b"ustar" or octets[32_769:32_774] == b"CD001" or _finit_en_zip(octets):
        raise Arret("DOUBLE_NATURE")
    for morceau, lieu in _A_COTE[nature](octets):
        courte = (
            COURTES.search(morceau) if lieu is Lieu.MOTS else COURTES.match(morceau.lstrip(b"\x00\r\n\t "))
        )
        if LONGUES.search(morceau) or (courte and lieu is not Lieu.DONNEES):
            raise Arret("DOUBLE_NATURE")


def _finit_en_zip(octets: bytes) -> bool:
    """Whether a ZIP directory, and not four bytes that look like one, ends the file."""
    debut = max(0, len(octets) - QUEUE_ZIP)
    for trouve in FIN_ZIP.finditer(octets, debut):
        fin = octets[trouve.start() : trouve.start() + 22]
        taille = int.from_bytes(fin[12:16], "little")
        repertoire = trouve.start() - taille
        vide = taille == 0 and len(fin) == 22 and not any(fin[4:12])
        if vide or (repertoire >= 0 and octets[repertoire : repertoire + 4] == b"PK\x01\x02"):
            return True
    return False


def _a_cote_pdf(octets: bytes) -> Iterator[Morceau]:
    """What precedes the first object, and what follows the last end-of-file mark."""
    premier = re.search(rb"\d+\s+\d+\s+obj", octets[:4_096])
    yield octets[8 : premier.start() if premier else 1_024], Lieu.MOTS
    fin = octets.rfind(b"%%EOF")
    yield octets[fin + 5 :] if fin >= 0 else b"", Lieu.SUITE


def _a_cote_jpeg(octets: bytes) -> Iterator[Morceau]:
    """Comments and application segments (profiles apart), and what follows the end of the picture."""
    position = 2
    while position + 4 <= len(octets) and octets[position] == 0xFF:
        marque, taille = octets[position + 1], int.from_bytes(octets[position + 2 : position + 4], "big")
        if marque == 0xDA:
            break
        segment = octets[position + 4 : position + 2 + taille]
        if marque == 0xE0 and octets[position + 2 : position + 4] == b"/*":
            raise Arret("DOUBLE_NATURE")  # a length that opens the comment of a script
        if marque == 0xFE:
            yield segment, Lieu.MOTS
        elif 0xE0 <= marque <= 0xEF and not segment.startswith(b"ICC_PROFILE"):
            yield segment, Lieu.DONNEES
        position += 2 + taille
    fin = octets.find(b"\xff\xd9", position)
    yield octets[fin + 2 :] if fin >= 0 else b"", Lieu.SUITE


def _a_cote_png(octets: bytes) -> Iterator[Morceau]:
    """Chunks that are no picture, and what follows the last one."""
    position, genre = 8, b""
    while position + 12 <= len(octets) and genre != b"IEND":
        taille, genre = (
            int.from_bytes(octets[position : position + 4], "big"),
            octets[position + 4 : position + 8],
        )
        if genre not in {b"IDAT", b"IHDR", b"PLTE", b"iCCP"}:
            lieu = Lieu.MOTS if genre in {b"tEXt", b"iTXt"} else Lieu.DONNEES
            yield octets[position + 8 : position + 8 + taille], lieu
        position += 12 + taille
    if genre != b"IEND" or position > len(octets):
        raise Arret("ABIME")  # decoders forgive a picture that was cut after its last line
    yield octets[position:], Lieu.SUITE


def _a_cote_heic(octets: bytes) -> Iterator[Morceau]:
    """Boxes that are neither the picture nor its description, and what follows the last one."""
    position = 0
    while position + 8 <= len(octets):
        taille, genre = (
            int.from_bytes(octets[position : position + 4], "big"),
            octets[position + 4 : position + 8],
        )
        if taille < 8 or not genre.isalnum():
            break
        if genre not in {b"ftyp", b"meta", b"mdat"}:
            yield octets[position + 8 : position + taille], Lieu.DONNEES
        position += taille
    yield octets[position:], Lieu.SUITE


_A_COTE = {
    Nature.PDF: _a_cote_pdf,
    Nature.JPEG: _a_cote_jpeg,
    Nature.PNG: _a_cote_png,
    Nature.HEIC: _a_cote_heic,
}
