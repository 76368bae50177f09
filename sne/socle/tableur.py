"""Lines written for a spreadsheet, as they are read: a file of any length takes the memory of a few hundred lines."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import batched

Valeur = str | int | float | Decimal | date | None
"""One cell; ``None`` is an empty one, where a figure would say that there is something."""

BOM = "\ufeff"
FORMULES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First signs that a spreadsheet takes for a formula; also typed in their wide forms."""
LIGNES_PAR_ENVOI = 100
OCTETS_PAR_ENVOI = 64 * 1024
LARGEUR = 22  # characters, of each column of a workbook


class Format(StrEnum):
    """A kind of file; its value is its extension."""

    CSV = "csv"
    XLSX = "xlsx"


TYPES = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class _Echo:
    """What ``csv.writer`` writes to: gives the text back."""

    @staticmethod
    def write(texte: str) -> str:
        return texte


def inoffensive(texte: str) -> str:
    """The text as a cell that no spreadsheet will compute: an apostrophe first when it could be a formula."""
    dangereux = texte.startswith(FORMULES) or texte.lstrip(" \u00a0\u202f").startswith(FORMULES)
    return f"'{texte}" if dangereux else texte


def en_csv(entetes: Sequence[str], lignes: Iterable[Sequence[Valeur]], *, fin: str = "") -> Iterator[bytes]:
    """UTF-8 with its mark, semicolons, « 24/11/2026 », « 12,5 »; ``fin``: a last line in words."""
    ecrivain = csv.writer(_Echo(), delimiter=";", lineterminator="\r\n")
    yield (BOM + str(ecrivain.writerow(map(inoffensive, entetes)))).encode()
    for lot in batched(lignes, LIGNES_PAR_ENVOI):
        yield "".join(str(ecrivain.writerow([_texte(v) for v in ligne])) for ligne in lot).encode()
    if fin:
        yield str(ecrivain.writerow([fin])).encode()


def en_xlsx(entetes: Sequence[str], lignes: Iterable[Sequence[Valeur]], *, fin: str = "") -> Iterator[bytes]:
    """A workbook: texts are texts, days are days. Written line by line to a temporary file, which is then sent.

    The format ends with an index of its own parts: nothing can be sent before the last line is read.
    """
    import xlsxwriter  # noqa: PLC0415 - 15 MB that a web worker holds only once a workbook was asked for

    with tempfile.TemporaryFile() as fichier:
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(fichier, options) as classeur:
            feuille = classeur.add_worksheet("Liste")
            gras, jour = (
                classeur.add_format({"bold": True}),
                classeur.add_format({"num_format": "dd/mm/yyyy"}),
            )
            feuille.set_column(0, len(entetes) - 1, LARGEUR)
            feuille.freeze_panes(1, 0)
            feuille.write_row(0, 0, entetes, gras)
            rang = 0
            for rang, ligne in enumerate(lignes, start=1):
                for colonne, valeur in enumerate(ligne):
                    if isinstance(valeur, date):
                        feuille.write_datetime(rang, colonne, valeur, jour)
                    elif isinstance(valeur, int | float | Decimal):
                        feuille.write_number(rang, colonne, valeur)
                    elif valeur is not None:
                        feuille.write_string(rang, colonne, inoffensive(valeur))
            if fin:
                feuille.write_string(rang + 1, 0, fin)
        fichier.seek(0)
        while morceau := fichier.read(OCTETS_PAR_ENVOI):
            yield morceau


ECRIRE = {Format.CSV: en_csv, Format.XLSX: en_xlsx}


def _texte(valeur: Valeur) -> str:
    match valeur:
        case None:
            return ""
        case datetime():
            return f"{valeur:%d/%m/%Y %H:%M:%S}"
        case date():
            return f"{valeur:%d/%m/%Y}"
        case int() | float() | Decimal():  # a figure below zero is not a formula
            return str(valeur).replace(".", ",")
    return inoffensive(str(valeur))
