"""Pages of a document: drawn for a reader, one or a sheet of small ones; turned, chosen and ordered as a new document.

The caller has asked the policy and journalled the read.
"""

import hashlib
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sne.documents.lecture import depot
from sne.documents.ouverture import MORCEAU, Ouvert, amorcer, ouvrir
from sne.documents.reception import Recu, garder
from sne.documents.rules import DocumentRecu, Filigrane, Lecture, Limites, Part, Verdict
from sne.documents.travail import dossier_de_travail
from sne.socle.erreurs import Introuvable

LARGEUR_MAX = 2_400  # pixels: what a zoom of two on a large screen shows
IMAGE = "image/webp"
PLANCHE_MAX = 25  # thumbnails on one sheet: what one process draws, and one picture holds
VIGNETTE = "image/jpeg"


def ouvrir_page(
    document_id: uuid.UUID,
    *,
    territoire: str,
    rang: int,
    largeur: int,
    filigrane: Filigrane,
    tour: int = 0,
) -> Ouvert:
    """The picture of one page (from 1), ``largeur`` pixels wide, with the reader's name, the time and the reason across
    it.

    ``tour``: 0, 90, 180 or 270 degrees, clockwise.

    Raises as ``ouvrir``, and ``DocumentRefuse``: no such page, or one that cannot be drawn.
    """
    source = ouvrir(document_id, territoire=territoire, part=Part.ORIGINAL, filigrane=None)
    page = depot.Page(rang, min(largeur, LARGEUR_MAX), IMAGE, tour)
    return Ouvert(IMAGE, amorcer(_dessiner(source, page, filigrane)))


def _dessiner(source: Ouvert, page: depot.Page, filigrane: Filigrane) -> Iterator[bytes]:
    with dossier_de_travail() as dossier:
        chemin, image = dossier / "source", dossier / "page"
        _copier(source, chemin)
        depot.dessiner_page(
            chemin, image, mime=source.mime, page=page, filigrane=filigrane, bornes=filigrane.bornes
        )
        yield from _morceaux(image)


def ouvrir_planche(document_id: uuid.UUID, *, territoire: str, rangs: range, filigrane: Filigrane) -> Ouvert:
    """Thumbnails of these pages (from 1) on one sheet, one under the other, with the reader's name across each.

    Raises as ``ouvrir``, and ``Introuvable``: no page, or more than one sheet holds.
    """
    if not 0 < len(rangs) <= PLANCHE_MAX:
        raise Introuvable(f"Une planche montre de 1 à {PLANCHE_MAX} pages.")
    vignettes = (
        ouvrir(document_id, territoire=territoire, part=Part.VIGNETTE, rang=rang, filigrane=None)
        for rang in rangs
    )
    return Ouvert(VIGNETTE, amorcer(_assembler(vignettes, filigrane)))


def _assembler(vignettes: Iterator[Ouvert], filigrane: Filigrane) -> Iterator[bytes]:
    with dossier_de_travail() as dossier:
        chemin, planche, tailles = dossier / "source", dossier / "planche", []
        with chemin.open("wb") as suite:
            for vignette in vignettes:
                tailles.append(sum(suite.write(octets) for octets in vignette.octets))
        depot.assembler_planche(chemin, planche, tailles=tailles, filigrane=filigrane)
        yield from _morceaux(planche)


def remanier(
    document_id: uuid.UUID,
    *,
    territoire: str,
    pages: Sequence[tuple[int, int]],
    nom: str,
    limites: Limites,
    survenu_le: datetime,
) -> DocumentRecu:
    """A new document made of ``pages`` (page from 1, clockwise turn in degrees), in that order; the former stays.

    It belongs to nobody yet, as one just received; the antivirus has seen what it is made of.
    Raises as ``ouvrir``, ``DocumentRefuse`` or ``MagasinMuet``.
    """
    source = ouvrir(document_id, territoire=territoire, part=Part.ORIGINAL, filigrane=None)
    with dossier_de_travail() as dossier:
        chemin = dossier / "source"
        _copier(source, chemin)
        lue = depot.remanier(chemin, dossier=dossier, mime=source.mime, pages=pages, limites=limites)
        return _garder(lue, nom, dossier=dossier, territoire=territoire, survenu_le=survenu_le)


def assembler(
    documents: Sequence[tuple[uuid.UUID, int]],
    *,
    territoire: str,
    nom: str,
    limites: Limites,
    survenu_le: datetime,
) -> DocumentRecu:
    """A new document whose pages are those of ``documents`` (each with its clockwise turn in degrees), in that order.

    It belongs to nobody yet, as one just received; the antivirus has seen what it is made of. The same ones in the same
    order make the same bytes. Raises as ``ouvrir``, ``DocumentRefuse`` or ``MagasinMuet``.
    """
    with dossier_de_travail() as dossier:
        chemin, suite = dossier / "source", []
        with chemin.open("wb") as copie:
            for document_id, tour in documents:
                source = ouvrir(document_id, territoire=territoire, part=Part.ORIGINAL, filigrane=None)
                taille = sum(copie.write(octets) for octets in source.octets)
                suite.append((taille, source.mime, tour))
        lue = depot.assembler_pages(chemin, dossier=dossier, suite=suite, limites=limites)
        return _garder(lue, nom, dossier=dossier, territoire=territoire, survenu_le=survenu_le)


def _garder(lue: Lecture, nom: str, *, dossier: Path, territoire: str, survenu_le: datetime) -> DocumentRecu:
    fait = next(p.chemin for p in lue.parties if p.part is Part.ORIGINAL)
    with fait.open("rb") as flux:
        empreinte = hashlib.file_digest(flux, "sha256").digest()
    return garder(
        lue,
        Recu(fait, nom, empreinte, fait.stat().st_size),
        Verdict.SAIN,
        dossier=dossier,
        territoire=territoire,
        survenu_le=survenu_le,
    )


def _morceaux(chemin: Path) -> Iterator[bytes]:
    with chemin.open("rb") as flux:
        while octets := flux.read(MORCEAU):
            yield octets


def _copier(source: Ouvert, vers: Path) -> None:
    with vers.open("wb") as copie:
        for octets in source.octets:
            copie.write(octets)
