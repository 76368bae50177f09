"""The lines of a PDF as they are laid out: their words, how tall their letters are, where each stands."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from sne.documents.lecture.dessin import Dessinateur

LIGNES_MAX, SIGNES_MAX = 6_000, 400
"""Of a document, and of a line: what is beyond is left out."""
COUPURES = {"\x02", "\ufffe"}
"""What PDFium gives for the hyphen of a word cut at the end of a line."""
Bornes = dict[str, Any]


def lire_lignes(
    dossier: Path,  # noqa: ARG001 - the answer holds everything
    source: Path,
    bornes: Bornes,  # noqa: ARG001 - they hold from outside
    *,
    pages_max: int,
) -> dict[str, Any]:
    """``lignes``: page from 1, words, height of letters, top and bottom in points from the top of the page."""
    pdf = Dessinateur(source).pdf
    lignes = (ligne for rang in range(min(len(pdf), pages_max)) for ligne in _de_la_page(pdf, rang))
    return {"lignes": list(islice(lignes, LIGNES_MAX))}


def _de_la_page(pdf: pdfium.PdfDocument, rang: int) -> Iterator[list[Any]]:
    page = pdf[rang]
    textes, hauteur = page.get_textpage(), page.get_height()
    signes: list[tuple[str, float, float]] = []
    for n in range(textes.count_chars()):
        signe = chr(pdfium_c.FPDFText_GetUnicode(textes, n))
        if signe in "\r\n":
            yield from _ligne(rang, signes, hauteur)
            signes = []
        else:
            _, bas, _, haut = textes.get_charbox(n, loose=True)
            signes.append(("\u00ad" if signe in COUPURES else signe, bas, haut))
    yield from _ligne(rang, signes, hauteur)
    textes.close()
    page.close()


def _ligne(rang: int, signes: list[tuple[str, float, float]], hauteur: float) -> Iterator[list[Any]]:
    texte = " ".join("".join(s for s, _, _ in signes).split())[:SIGNES_MAX]
    pleins = [(bas, haut) for signe, bas, haut in signes if not signe.isspace() and haut > bas]
    if texte and pleins:
        taille = median(haut - bas for bas, haut in pleins)
        bas, haut = median(b for b, _ in pleins), median(h for _, h in pleins)
        yield [rang + 1, texte, round(taille, 1), round(hauteur - haut, 1), round(hauteur - bas, 1)]
