"""Speaks to clamd (ClamAV): is this file healthy? The protocol is a few bytes, so no library stands between.

The clients of PyPI are unmaintained (clamd 2014, pyclamd 2017) or GPL (clamav-client).
"""

import logging
import re
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from sne.documents.rules import Verdict
from sne.socle.sortie import borner

JOURNAL = logging.getLogger(__name__)
CONNEXION, REPONSE = 3.0, 60.0  # seconds: to be answered at all; between two signs of life while it scans
TOTAL = 120.0  # seconds for the whole: a file is some megabytes
MORCEAU = 256 * 1024
REPONSE_MAX = 4_096
TROUVE = re.compile(r"^stream: (\S.*) FOUND$")
SAIN = "stream: OK"


@dataclass(frozen=True, slots=True)
class Examen:
    """What the antivirus said: its verdict, and the name that it gives to what it found."""

    verdict: Verdict
    nom: str = ""


def examiner(chemin: Path) -> Verdict:
    """The verdict on the bytes of this file. Never raises: an antivirus that cannot be asked is ``MUET``."""
    if settings.ANTIVIRUS == "aucun":
        return Verdict.SAIN
    examen = interroger(chemin, settings.CLAMD)
    if examen.verdict is not Verdict.SAIN:
        JOURNAL.warning("antivirus_%s %s", examen.verdict.lower(), examen.nom)
    return examen.verdict


def interroger(chemin: Path, adresse: str) -> Examen:
    """Send the file to the clamd at ``adresse`` (``unix:/path`` or ``tcp://host:port``). Never raises."""
    try:
        with chemin.open("rb") as flux, _joindre(adresse) as lien:
            lien.sendall(b"zINSTREAM\0")
            while octets := flux.read(MORCEAU):
                lien.sendall(struct.pack("!I", len(octets)) + octets)
            lien.sendall(struct.pack("!I", 0))
            reponse = _lire(lien)
    except OSError as exc:
        return Examen(Verdict.MUET, type(exc).__name__)
    if trouve := TROUVE.match(reponse):
        return Examen(Verdict.INFECTE, trouve[1][:200])
    return Examen(Verdict.SAIN) if reponse == SAIN else Examen(Verdict.MUET, reponse[:200])


def version(adresse: str) -> str | None:
    """What clamd says of itself and of its signatures; ``None`` when it does not answer."""
    try:
        with _joindre(adresse) as lien:
            lien.sendall(b"zVERSION\0")
            return _lire(lien)[:100] or None
    except OSError:
        return None


def signatures_du(dite: str) -> datetime | None:
    """When its signatures were made, in what it says of itself (« ClamAV 1.4.3/27800/Sat Nov 28 10:12:13 2026 »)."""
    try:
        return datetime.strptime(dite.rpartition("/")[2], "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return None


@contextmanager
def _joindre(adresse: str) -> Iterator[socket.socket]:
    """A connection, cut when it lasts too long. Raises ``OSError``."""
    with borner(TOTAL) as suivre, _relier(adresse) as lien:
        suivre(lien)
        lien.settimeout(REPONSE)
        yield lien


def _relier(adresse: str) -> socket.socket:
    if adresse.startswith("unix:"):
        lien = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        lien.settimeout(CONNEXION)
        try:
            lien.connect(adresse.removeprefix("unix:"))
        except OSError:
            lien.close()
            raise
    elif adresse:
        url = urlsplit(adresse)
        lien = socket.create_connection((url.hostname or "", url.port or 0), timeout=CONNEXION)
    else:
        raise OSError("no address")
    return lien


def _lire(lien: socket.socket) -> str:
    """One answer, up to its final zero."""
    recu = b""
    while not recu.endswith(b"\0") and len(recu) < REPONSE_MAX:
        morceau = lien.recv(REPONSE_MAX)
        if not morceau:
            break
        recu += morceau
    return recu.rstrip(b"\0").decode("utf-8", "replace").strip()
