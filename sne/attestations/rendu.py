"""Draws an attestation: from its data to the bytes of a PDF/A-2a and PDF/UA-1 file, always the same.

No database, no clock, no network: the templates and the font of the folder ``modeles`` only.
"""

import re
import threading
from collections.abc import Mapping
from importlib.metadata import version as version_installee
from pathlib import Path
from typing import Any, cast

import typst
import zxingcpp

from sne.attestations.rules import DonneesAttestation, GlypheManquant, completer_exemple, presenter

DOSSIER = Path(__file__).parent / "modeles"
MOTEUR = f"typst {version_installee('typst')}"
VERSION_COURANTE = 1
VERSION_QR = 4  # 62 signs at level M, read from 28 mm of paper by any telephone
COTE_QR = 33  # modules a side
NOIRS = bytes.maketrans(b"\x00\xff", b"10")  # grey levels of the drawn code: 0 is black
SANS_DESSIN = "could not be displayed"  # the compiler's words for a sign that the font lacks
FLUX = re.compile(rb"/Length (\d+)[^>]*(>>\n)stream\n")

_polices = typst.Fonts(
    include_system_fonts=False, include_embedded_fonts=False, font_paths=[DOSSIER / "polices"]
)
_fil = threading.local()


def rendre(donnees: DonneesAttestation, *, version: int = VERSION_COURANTE) -> bytes:
    """The file of an attestation. Same data, version and engine, same bytes.

    Raises :class:`GlypheManquant` when a name holds a sign that the font cannot draw.
    """
    entrees = {"donnees": presenter(donnees), "qr": dessiner_qr(donnees.adresse_verification)}
    try:
        fichier = _compilateur(version).compile(
            sys_inputs=entrees, format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=donnees.horodatage
        )
    except typst.TypstError as exc:
        if SANS_DESSIN in exc.message:
            # The compiler's message holds the name: it must reach neither the log nor the traceback.
            raise GlypheManquant("Un signe du nom ne peut pas être imprimé.") from None
        raise
    return separer_fins_de_flux(cast("bytes", fichier))


def exemple(donnees: Mapping[str, Any] | None = None) -> bytes:
    """The file of a fictional attestation, with some values replaced (fields of ``DonneesAttestation``).

    Raises ``DonneesInvalides`` with a French sentence naming the field, and what :func:`rendre` raises.
    """
    return rendre(completer_exemple(donnees or {}))


def dessiner_qr(adresse: str) -> str:
    """QR code of an address, version 4 at level M, as SVG text of one path without quiet zone.

    Raises ``ValueError`` when the address has more than 62 signs.
    """
    code = zxingcpp.create_barcode(adresse, zxingcpp.BarcodeFormat.QRCode, ec_level="M", version=VERSION_QR)
    modules = memoryview(code.to_image(scale=1, add_quiet_zones=False)).tobytes().translate(NOIRS).decode()
    traits = "".join(
        f"M{suite.start()} {y}h{len(suite[0])}v1h-{len(suite[0])}z"
        for y in range(COTE_QR)
        for suite in re.finditer("1+", modules[y * COTE_QR : (y + 1) * COTE_QR])
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COTE_QR} {COTE_QR}"><path d="{traits}"/></svg>'


def separer_fins_de_flux(fichier: bytes) -> bytes:
    r"""Give a line end of their own to compressed streams that end with a carriage return.

    ``…\r\nendstream`` reads as data followed by CR LF: strict readers then count one byte less than
    ``/Length`` and refuse the file (PDF/A-2 §6.1.7.1). It happens to one file in forty. The byte added
    before ``endstream`` is taken from the optional line end before ``stream``: no offset moves.
    """
    if b"\r\nendstream" not in fichier:
        return fichier
    morceaux, debut = [], 0
    while flux := FLUX.search(fichier, debut):
        fin = flux.end() + int(flux[1])
        if fichier[fin - 1 : fin + 1] == b"\r\n":
            morceaux += [fichier[debut : flux.end(2) - 1], fichier[flux.end(2) : fin], b"\r"]
        else:
            morceaux.append(fichier[debut:fin])
        debut = fin
    return b"".join([*morceaux, fichier[debut:]])


def _compilateur(version: int) -> typst.Compiler:
    """The compiler of this thread: it keeps the font and the parsed template, and must not be shared."""
    compilateurs: dict[int, typst.Compiler] = _fil.__dict__.setdefault("compilateurs", {})
    if version not in compilateurs:
        compilateurs[version] = typst.Compiler(
            DOSSIER / f"simplifiee_v{version}.typ",
            root=DOSSIER,
            font_paths=_polices,
            ignore_system_fonts=True,
        )
    return compilateurs[version]
