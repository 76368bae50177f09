"""The engine that draws PDF files. A process holds it, and its font, once it has drawn one: 15 MB that others save."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from sne.socle.typographie import POLICES

if TYPE_CHECKING:
    import typst

Norme = Literal["a-2a", "ua-1"]
FLUX = re.compile(rb"/Length (\d+)[^>]*(>>\n)stream\n")
SANS_DESSIN = "could not be displayed"  # the engine's words for a sign that the font lacks


class SigneSansDessin(Exception):
    """The text holds a sign that the font cannot draw. Says neither which, nor whose name."""


def compilateur(gabarit: Path) -> "typst.Compiler":
    """An engine that keeps the parsed template: one thread may use it, never two."""
    import typst  # noqa: PLC0415 - see the first line

    return typst.Compiler(gabarit, root=gabarit.parent, font_paths=_polices(), ignore_system_fonts=True)


def composer(
    moteur: "typst.Compiler", entrees: Mapping[str, str], *, normes: list[Norme], instant: datetime
) -> bytes:
    """The file, of these standards (``ua-1``, ``a-2a``): same template, data and instant, same bytes.

    Raises :class:`SigneSansDessin`, without the engine's own message, which quotes the printed text.
    """
    import typst  # noqa: PLC0415

    try:
        fichier = moteur.compile(
            sys_inputs=dict(entrees), format="pdf", pdf_standards=[*normes], timestamp=instant
        )
    except typst.TypstError as exc:
        if SANS_DESSIN in exc.message:
            raise SigneSansDessin from None
        raise
    return separer_fins_de_flux(cast("bytes", fichier))


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


@cache
def _polices() -> "typst.Fonts":
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[POLICES])
