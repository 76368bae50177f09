"""What the service asks of the reading process about a file that it receives, in terms of documents."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sne.documents.lecture.bac import Acces, demander
from sne.documents.rules import Bornes, Filigrane, Lecture, Limites, Part, PartieLue
from sne.documents.rules.filigrane import phrase_du_filigrane
from sne.documents.rules.lecture import TELS_QUELS
from sne.documents.rules.phrases import refus

MIMES = frozenset({"application/pdf", "image/jpeg", "image/png"})


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be drawn: its rank from 1, a width in pixels, ``image/jpeg``, ``image/png`` or ``image/webp``.

    ``tour``: 0, 90, 180 or 270 degrees, clockwise.
    """

    rang: int
    largeur: int
    mime: str = "image/webp"
    tour: int = 0


def constater_enclos(*, dossier: Path, bornes: Bornes) -> frozenset[str]:
    """What this machine closes the reading process with, among ``reseau``, ``fichiers`` and ``appels``.

    Raises ``DocumentRefuse`` when that process does not start.
    """
    with tempfile.TemporaryDirectory(prefix="lecture-", dir=dossier) as nom:
        vide = Path(nom) / "recu"
        vide.touch()
        lue = demander("constater", Acces(Path(nom), vide), replace(bornes, enclos_exige=False))
    murs = lue.get("enclos")
    return frozenset(m for m in murs if isinstance(m, str)) if isinstance(murs, list) else frozenset()


def analyser(chemin: Path, *, dossier: Path, limites: Limites) -> Lecture:
    """Read the file at ``chemin``, which is left as it is; what is made of it goes to a new folder in ``dossier``.

    Raises ``DocumentRefuse``: not accepted, hostile, or fatal to the process that read it.
    """
    atelier = Path(tempfile.mkdtemp(prefix="lecture-", dir=dossier))
    lue = demander(
        "analyser",
        Acces(atelier, chemin),
        limites.lecture,
        octets_max=limites.octets,
        pages_max=limites.pages,
        tels_quels=limites.tels_quels,
    )
    return lecture_de(lue, atelier, pages_max=limites.pages, tels_quels=limites.tels_quels)


def lecture_de(lue: Mapping[str, Any], atelier: Path, *, pages_max: int, tels_quels: bool = False) -> Lecture:
    """The answer of the process, believed only as far as its files go. Raises ``DocumentRefuse``."""
    mime, pages = lue.get("mime"), lue.get("pages")
    sans_page = tels_quels and mime in TELS_QUELS and pages == 0
    if not sans_page and (mime not in MIMES or not isinstance(pages, int) or not 1 <= pages <= pages_max):
        raise refus("ILLISIBLE")
    assert isinstance(mime, str)
    assert isinstance(pages, int)
    parties = [PartieLue(Part.ORIGINAL, atelier / "original", mime)]
    parties += [
        PartieLue(Part.VIGNETTE, atelier / f"vignette-{rang}", "image/jpeg", rang)
        for rang in range(1, pages + 1)
    ]
    if not all(p.chemin.is_file() and not p.chemin.is_symlink() for p in parties):
        raise refus("ILLISIBLE")
    return Lecture(mime, pages, tuple(parties))


def remanier(
    source: Path,
    *,
    dossier: Path,
    mime: str,
    pages: Sequence[tuple[int, int]],
    limites: Limites,
) -> Lecture:
    """Turn, choose and order the pages of a document made safe; the result goes to a new folder in ``dossier``.

    ``pages``: (page from 1, clockwise turn in degrees), in their new order; those left out are not kept.
    Raises ``DocumentRefuse``.
    """
    atelier = Path(tempfile.mkdtemp(prefix="lecture-", dir=dossier))
    lue = demander("remanier", Acces(atelier, source), limites.lecture, mime=mime, pages=list(pages))
    return lecture_de(lue, atelier, pages_max=limites.pages)


def assembler_pages(
    source: Path,
    *,
    dossier: Path,
    suite: Sequence[tuple[int, str, int]],
    limites: Limites,
) -> Lecture:
    """Make one document of several made safe, which follow each other in ``source``.

    ``suite``: of each, its bytes, its type, its clockwise turn in degrees. The result goes to a new folder in
    ``dossier``. Raises ``DocumentRefuse``.
    """
    atelier = Path(tempfile.mkdtemp(prefix="lecture-", dir=dossier))
    lue = demander(
        "assembler_pages",
        Acces(atelier, source),
        limites.lecture,
        suite=list(suite),
        pages_max=limites.pages,
    )
    return lecture_de(lue, atelier, pages_max=limites.pages)


def filigraner(source: Path, destination: Path, *, mime: str, filigrane: Filigrane) -> None:
    """Write ``source``, a document made safe, to ``destination`` with the watermark across each page.

    Raises ``DocumentRefuse``.
    """
    with tempfile.TemporaryDirectory(prefix="lecture-", dir=destination.parent) as nom:
        acces = Acces(Path(nom), source)
        demander("filigraner", acces, filigrane.bornes, mime=mime, phrase=phrase_du_filigrane(filigrane))
        _prendre(acces.dossier / "marque", destination)


def dessiner_page(
    source: Path,
    destination: Path,
    *,
    mime: str,
    page: Page,
    filigrane: Filigrane | None,
    bornes: Bornes,
) -> None:
    """Write to ``destination`` the picture of one page of a document made safe. Raises ``DocumentRefuse``."""
    phrase = phrase_du_filigrane(filigrane) if filigrane else ""
    with tempfile.TemporaryDirectory(prefix="lecture-", dir=destination.parent) as nom:
        acces = Acces(Path(nom), source)
        demander(
            "dessiner_page",
            acces,
            bornes,
            mime=mime,
            rang=page.rang,
            largeur=min(max(page.largeur, 16), bornes.grand_cote),
            tour=page.tour,
            sortie=page.mime,
            phrase=phrase,
        )
        _prendre(acces.dossier / "page", destination)


def assembler_planche(
    source: Path, destination: Path, *, tailles: Sequence[int], filigrane: Filigrane
) -> None:
    """Write one sheet to ``destination``: thumbnails that follow each other in ``source``, ``tailles`` bytes each.

    Raises ``DocumentRefuse``.
    """
    phrase = phrase_du_filigrane(filigrane)
    with tempfile.TemporaryDirectory(prefix="lecture-", dir=destination.parent) as nom:
        acces = Acces(Path(nom), source)
        demander("assembler_planche", acces, filigrane.bornes, tailles=list(tailles), phrase=phrase)
        _prendre(acces.dossier / "page", destination)


def _prendre(fait: Path, destination: Path) -> None:
    if fait.is_symlink() or not fait.is_file():
        raise refus("ILLISIBLE")
    fait.replace(destination)
