"""The engine that draws PDF files. A process holds it, and its font, once it has drawn one: 15 MB that others save."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from sne.socle.typographie import POLICES

if TYPE_CHECKING:
    import typst

Norme = Literal["a-2a", "ua-1"]
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
    return cast("bytes", fichier)


@cache
def _polices() -> "typst.Fonts":
    import typst  # noqa: PLC0415

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[POLICES])
