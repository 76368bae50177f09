"""Draws an attestation: from its data to the bytes of a PDF/A-2a and PDF/UA-1 file, always the same.

No database, no clock, no network: the templates of the folder ``modeles`` and the font of the foundation only.
"""

import hashlib
import json
import re
import threading
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from importlib.metadata import version as version_installee
from pathlib import Path
from typing import TYPE_CHECKING, Any

import zxingcpp

from sne.attestations.rules import (
    Donnees,
    DonneesAttestation,
    GlypheManquant,
    Modele,
    completer_exemple,
    completer_exemple_complet,
    date_longue,
    horodatage,
    presenter,
    presenter_complete,
)
from sne.attestations.rules.historique import DonneesHistorique, presenter_historique
from sne.socle.composition import SigneSansDessin, compilateur, composer

if TYPE_CHECKING:
    import typst

DOSSIER = Path(__file__).parent / "modeles"
MOTEUR = f"typst {version_installee('typst')}"
VERSIONS = {"simplifiee": 2, "complete": 2}  # of each template; issued files name theirs
VERSION_LOT = 1
VERSION_HISTORIQUE = 1
NOM_DE_SIGNE = "Un signe du nom ne peut pas être imprimé."
VERSION_QR = 4  # 62 signs at level M, read from 28 mm of paper by any telephone
COTE_QR = 33  # modules a side
NOIRS = bytes.maketrans(b"\x00\xff", b"10")  # grey levels of the drawn code: 0 is black
NOIRS_DE_SUITE = re.compile("1+").finditer

_fil = threading.local()


def rendre(donnees: Donnees, *, version: int | None = None) -> bytes:
    """The file of an attestation. Same data, version (the present one by default) and engine, same bytes.

    Raises :class:`GlypheManquant` when a name holds a sign that the font cannot draw.
    """
    gabarit = nom_du_gabarit(donnees, version or VERSIONS[donnees.gabarit])
    entrees = {"donnees": imprimer(donnees), "qr": dessiner_qr(donnees.adresse_verification)}
    return _composer(gabarit, entrees, donnees.horodatage)


def rendre_lot(documents: Sequence[tuple[Donnees, int]], *, jour: date) -> bytes:
    """One file of several attestations with their versions, in one compilation, dated of the day it is printed.

    Same documents and day, same bytes. Raises :class:`GlypheManquant` as :func:`rendre` does.
    """
    parts = [
        {
            "gabarit": nom_du_gabarit(donnees, version),
            "donnees": json.loads(imprimer(donnees)),
            "qr": dessiner_qr(donnees.adresse_verification),
        }
        for donnees, version in documents
    ]
    entrees = {"documents": json.dumps(parts, ensure_ascii=False), "jour": date_longue(jour)}
    return _composer(f"lot_v{VERSION_LOT}", entrees, horodatage(jour))


def rendre_historique(donnees: DonneesHistorique) -> bytes:
    """The copy of a history. Same data, same bytes. Raises :class:`GlypheManquant` as :func:`rendre` does."""
    return _composer(
        f"historique_v{VERSION_HISTORIQUE}",
        {"donnees": presenter_historique(donnees)},
        horodatage(donnees.le),
    )


def version_de(modele: Modele) -> int:
    """The present version of the template of a kind of attestation."""
    return VERSIONS["simplifiee" if modele is Modele.SIMPLIFIEE else "complete"]


def empreinte_de_part(donnees: Donnees, version: int) -> bytes:
    """SHA-256 of what one place of a batch prints: its template and the data that the template receives."""
    return hashlib.sha256(f"{nom_du_gabarit(donnees, version)}\n{imprimer(donnees)}".encode()).digest()


def imprimer(donnees: Donnees) -> str:
    """What the template of these data receives, in JSON."""
    return presenter(donnees) if isinstance(donnees, DonneesAttestation) else presenter_complete(donnees)


def nom_du_gabarit(donnees: Donnees, version: int) -> str:
    """Name of a template file, without its suffix."""
    return f"{donnees.gabarit}_v{version}"


def exemple(donnees: Mapping[str, Any] | None = None, *, modele: Modele = Modele.SIMPLIFIEE) -> bytes:
    """The file of a fictional attestation, with some values replaced (fields of the data of its kind).

    Raises ``DonneesInvalides`` with a French sentence naming the field, and what :func:`rendre` raises.
    """
    if modele is Modele.SIMPLIFIEE:
        return rendre(completer_exemple(donnees or {}))
    return rendre(completer_exemple_complet(donnees or {}, modele=modele))


def dessiner_qr(adresse: str) -> str:
    """QR code of an address, version 4 at level M, as SVG text of one path without quiet zone.

    Raises ``ValueError`` when the address has more than 62 signs.
    """
    code = zxingcpp.create_barcode(adresse, zxingcpp.BarcodeFormat.QRCode, ec_level="M", version=VERSION_QR)
    modules = memoryview(code.to_image(scale=1, add_quiet_zones=False)).tobytes().translate(NOIRS).decode()
    rangees = (modules[y * COTE_QR : (y + 1) * COTE_QR] for y in range(COTE_QR))
    suites = [(y, *suite.span()) for y, rangee in enumerate(rangees) for suite in NOIRS_DE_SUITE(rangee)]
    traits = "".join([f"M{debut} {y}h{fin - debut}v1h{debut - fin}z" for y, debut, fin in suites])
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {COTE_QR} {COTE_QR}"><path d="{traits}"/></svg>'


def _composer(gabarit: str, entrees: dict[str, str], instant: datetime) -> bytes:
    try:
        return composer(_compilateur(gabarit), entrees, normes=["a-2a", "ua-1"], instant=instant)
    except SigneSansDessin:
        raise GlypheManquant(NOM_DE_SIGNE) from None


def _compilateur(gabarit: str) -> "typst.Compiler":
    """The compiler of this thread: it keeps the font and the parsed template, and must not be shared."""
    compilateurs: dict[str, typst.Compiler] = _fil.__dict__.setdefault("compilateurs", {})
    if gabarit not in compilateurs:
        compilateurs[gabarit] = compilateur(DOSSIER / f"{gabarit}.typ")
    return compilateurs[gabarit]
