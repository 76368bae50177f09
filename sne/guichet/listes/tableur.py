"""Lines written for a spreadsheet, as they are read: a file of any length takes the memory of a few hundred lines."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import batched

from sne.guichet.listes.presentation import Valeur

BOM = "\ufeff"
FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First signs that a spreadsheet takes for a formula; also typed in their wide forms."""
LIGNES_PAR_ENVOI = 100


class _Echo:
    """What ``csv.writer`` writes to: gives the text back."""

    @staticmethod
    def write(texte: str) -> str:
        return texte


def inoffensive(texte: str) -> str:
    """The text as a cell that no spreadsheet will compute: an apostrophe first when it could be a formula."""
    return (
        f"'{texte}"
        if texte.lstrip(" \u00a0\u202f").startswith(FORMULES) or texte.startswith(FORMULES)
        else texte
    )


def en_csv(entetes: Sequence[str], lignes: Iterable[Sequence[Valeur]], *, fin: str = "") -> Iterator[bytes]:
    """UTF-8 with its mark, semicolons, days as « 24/11/2026 »; ``fin``: a last line in words."""
    ecrivain = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield (BOM + str(ecrivain.writerow(entetes))).encode()
    for lot in batched(lignes, LIGNES_PAR_ENVOI):
        yield "".join(str(ecrivain.writerow([_cellule(v) for v in ligne])) for ligne in lot).encode()
    if fin:
        yield str(ecrivain.writerow([fin])).encode()


def _cellule(valeur: Valeur) -> str:
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return inoffensive(str(valeur))
