"""What reading a received file gives, what may be asked of it, and what a watermark says."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sne.documents.rules.bornes import Bornes
from sne.documents.rules.etats import EtatDocument, Part

TELS_QUELS: Mapping[str, str] = {
    "application/x-xlsx": "xlsx",
    "application/x-ods": "ods",
    "text/csv": "csv",
    "text/plain": "txt",
}
"""Files that may be kept as they are, and how the name of each ends."""


@dataclass(frozen=True, slots=True)
class Limites:
    """What is accepted, from dated parameters: bytes of the received file, pages, and what reading it may cost.

    ``tels_quels``: spreadsheets and texts too, kept as they are, without a page: they are handed over, never shown.
    """

    octets: int
    pages: int
    lecture: Bornes
    tels_quels: bool = False


@dataclass(frozen=True, slots=True)
class Delais:
    """How long a reception may last, and a document wait to be attached, before the sweep (dated parameters)."""

    reception: timedelta
    attente: timedelta


@dataclass(frozen=True, slots=True)
class PartieLue:
    """One file that reading made, to be kept as a part of the document; ``rang``: its page from 1, else 0."""

    part: Part
    chemin: Path
    mime: str
    rang: int = 0


@dataclass(frozen=True, slots=True)
class Lecture:
    """A file read and made safe: what it truly is, and the files made of it, one of which is the ORIGINAL.

    ``mime`` is that of the ORIGINAL part: ``application/pdf``, ``image/jpeg`` or ``image/png``; one of
    :data:`TELS_QUELS` for a file kept as it is, which has no page. The files are in the folder given to ``analyser``
    and belong to its caller.
    """

    mime: str
    nombre_pages: int
    parties: tuple[PartieLue, ...]


@dataclass(frozen=True, slots=True)
class Filigrane:
    """What is written across every image and page shown or downloaded: who, when, why; and what writing may cost."""

    qui: str
    quand: datetime
    pourquoi: str
    bornes: Bornes


@dataclass(frozen=True, slots=True)
class DocumentRecu:
    """A document that was taken in. ``taille`` in bytes as received, ``empreinte``: its SHA-256 in hexadecimal."""

    id: uuid.UUID
    mime: str
    taille: int
    nombre_pages: int
    etat: EtatDocument
    empreinte: str
