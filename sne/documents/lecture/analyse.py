"""Reads one received file: what it truly is, a safe form of it, and a thumbnail of each page."""

from pathlib import Path
from typing import Any

from sne.documents.lecture.arret import Arret
from sne.documents.lecture.formats import Nature, exiger_une_seule_nature, reconnaitre
from sne.documents.lecture.tels_quels import tel_quel

Bornes = dict[str, Any]


def analyser(
    dossier: Path, source: Path, bornes: Bornes, *, octets_max: int, pages_max: int, tels_quels: bool = False
) -> dict[str, Any]:
    """Write ``original`` and ``vignette-N`` in ``dossier``; returns type and pages. Raises :class:`Arret`.

    ``tels_quels``: a spreadsheet or a text is copied, and has no page.
    """
    if source.stat().st_size > octets_max:
        raise Arret("TROP_LOURD")
    octets = source.read_bytes()
    if tels_quels and (mime := tel_quel(octets)):
        (dossier / "original").write_bytes(octets)
        return {"mime": mime, "pages": 0}
    nature = reconnaitre(octets)
    exiger_une_seule_nature(octets, nature)
    if nature is Nature.PDF:
        del octets
        return _pdf(source, dossier, pages_max, bornes)
    return _image(octets, nature, dossier, bornes)


def _pdf(source: Path, dossier: Path, pages_max: int, bornes: Bornes) -> dict[str, Any]:
    from sne.documents.lecture.dessin import Dessinateur  # noqa: PLC0415 - images do without these libraries
    from sne.documents.lecture.images import ecrire_vignette  # noqa: PLC0415
    from sne.documents.lecture.reecriture import reecrire  # noqa: PLC0415

    original = dossier / "original"
    pages = reecrire(source, original, pages_max=pages_max, bornes=bornes)
    dessinateur = Dessinateur(original)
    for rang in range(pages):
        ecrire_vignette(dessinateur.vignette(rang, bornes), dossier / f"vignette-{rang + 1}", bornes)
    return {"mime": "application/pdf", "pages": pages}


def _image(octets: bytes, nature: Nature, dossier: Path, bornes: Bornes) -> dict[str, Any]:
    from sne.documents.lecture.images import ecrire, ecrire_vignette, ouvrir  # noqa: PLC0415 - as above

    image = ouvrir(octets, nature, bornes)
    mime = ecrire(image, dossier / "original", bornes)
    ecrire_vignette(image, dossier / "vignette-1", bornes)
    return {"mime": mime, "pages": 1}
