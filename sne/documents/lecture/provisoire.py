"""A stand-in for the reading of files: knows three formats by their first bytes and keeps them as they are."""

import shutil
from pathlib import Path

from sne.documents.rules import DocumentRefuse, Filigrane, Lecture, Limites, Part, PartieLue

SIGNATURES = {b"%PDF-": "application/pdf", b"\xff\xd8\xff": "image/jpeg", b"\x89PNG": "image/png"}


def analyser(chemin: Path, *, dossier: Path, limites: Limites) -> Lecture:  # noqa: ARG001 - pages are not counted yet
    """Read the file at ``chemin``; what is made of it goes to ``dossier``. Raises ``DocumentRefuse``."""
    with chemin.open("rb") as flux:
        debut = flux.read(8)
    mime = next((m for signature, m in SIGNATURES.items() if debut.startswith(signature)), "")
    if not mime:
        raise DocumentRefuse("FORMAT", "Ce fichier n’est ni un PDF ni une image JPEG ou PNG.")
    original = dossier / "original"
    shutil.copyfile(chemin, original)
    return Lecture(mime, 1, (PartieLue(Part.ORIGINAL, original, mime),))


def filigraner(source: Path, destination: Path, *, mime: str, filigrane: Filigrane) -> None:  # noqa: ARG001
    """Write ``source`` to ``destination`` with the watermark across each page."""
    shutil.copyfile(source, destination)
