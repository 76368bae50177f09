"""A large scan, made in a process that dies, then received in another whose memory is watched."""

import resource
import time
from pathlib import Path
from random import Random
from typing import BinaryIO

from django.conf import settings
from PIL import Image

from sne.documents.reception import recevoir
from sne.documents.rules import Limites
from sne.registre.pieces.selectors.documents import get_limites
from sne.socle.horloge import aujourd_hui, maintenant

LARGEUR, HAUTEUR, POINTS_PAR_POUCE = 1240, 1754, 150  # A4
BRUIT, QUALITE = 20, 35
TERRITOIRE = "02B"
KIO = 1024


def fichier() -> Path:
    """Where the scan is, in the folder of the measures."""
    return Path(settings.DOSSIER_VAR) / "numerisation.pdf"


def numeriser(pages: int) -> int:
    """Write a scan of that many pages, grey and grainy as paper is; its bytes."""
    fichier().parent.mkdir(parents=True, exist_ok=True)
    _ecrire(_une_page(), pages=1)  # here too: drawing it would hide what receiving takes
    return _ecrire(fichier(), pages=pages)


def _une_page() -> Path:
    return fichier().with_name("page.pdf")


def _ecrire(chemin: Path, *, pages: int) -> int:
    hasard = Random(0)  # noqa: S311 - shades of grey
    images = [_page(hasard) for _ in range(pages)]
    images[0].save(
        chemin,
        "PDF",
        save_all=True,
        append_images=images[1:],
        resolution=POINTS_PAR_POUCE,
        quality=QUALITE,
    )
    return chemin.stat().st_size


def _page(hasard: Random) -> Image.Image:
    bruit = Image.effect_noise((LARGEUR, HAUTEUR), BRUIT)
    return bruit.rotate(hasard.choice((0, 180)))


def recevoir_numerisation(_: int) -> dict[str, float]:
    """Receive one page, then the scan: bytes of the scan, bytes gained by this process meanwhile, seconds."""
    limites = get_limites(aujourd_hui())
    with _une_page().open("rb") as flux:
        _recevoir(flux, limites)
    avant, depart = _memoire(), time.perf_counter()
    with fichier().open("rb") as flux:
        _recevoir(flux, limites)
    secondes = time.perf_counter() - depart
    return {"octets": fichier().stat().st_size, "grossi": _memoire() - avant, "secondes": secondes}


def _recevoir(flux: BinaryIO, limites: Limites) -> None:
    recevoir(flux, nom="scan.pdf", territoire=TERRITOIRE, survenu_le=maintenant(), limites=limites)


def _memoire() -> int:
    """The most that this process held, in bytes; children apart."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIO
