"""Excel workbooks: formatted while a person reads them line by line, streamed by a faster writer above."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from sne.infocentre.fichiers.feuilles import DECIMALES_MAX, Entete, Feuille, Genre, Valeur

LARGEURS = {"libelle": 42, "definition": 90, "raisons": 60, "quoi": 34, "valeur": 60, "colonne": 34}
LARGEUR = 17  # characters, of any other column
FIGEES = 2  # columns that stay in sight: what the line is


def ecrire_xlsx(feuilles: Sequence[Feuille], sortie: BinaryIO, *, long: bool = False) -> None:
    """A workbook of these sheets. Numbers are numbers, days days, codes texts, even those that look like a formula.

    ``long``: the first sheet has more lines than anybody reads; a faster writer takes them.
    """
    if long:
        _ecrire_long(feuilles, sortie)
        return
    import xlsxwriter  # noqa: PLC0415 - 15 MB that a web worker holds only once a workbook was asked for

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(sortie, options) as classeur:
        formats = _formats(classeur)
        for feuille in feuilles:
            _ecrire_feuille(classeur.add_worksheet(feuille.nom), feuille, formats)


def _ecrire_feuille(vers: Any, feuille: Feuille, formats: dict[str, Any]) -> None:
    for rang, entete in enumerate(feuille.entetes):
        vers.set_column(rang, rang, LARGEURS.get(entete.code, LARGEUR))
    vers.set_row(0, 48)
    vers.write_row(0, 0, [e.libelle for e in feuille.entetes], formats["tete"])
    vers.freeze_panes(1, FIGEES if len(feuille.entetes) > FIGEES + 2 else 0)
    mises = [formats[_mise(entete)] for entete in feuille.entetes]
    rang = 0
    for rang, ligne in enumerate(feuille.lignes, start=1):
        for colonne, (valeur, mise) in enumerate(zip(ligne, mises, strict=True)):
            _ecrire_cellule(vers, rang, colonne, valeur, mise, formats)
    vers.autofilter(0, 0, rang, len(feuille.entetes) - 1)


def _ecrire_cellule(  # noqa: PLR0917
    vers: Any, rang: int, colonne: int, valeur: Valeur, mise: Any, formats: dict[str, Any]
) -> None:
    match valeur:
        case None:
            return
        case str():
            vers.write_string(rang, colonne, valeur, formats["texte"])
        case datetime():
            vers.write_datetime(rang, colonne, valeur, formats["instant"])
        case date():
            vers.write_datetime(rang, colonne, valeur, formats["jour"])
        case int() | Decimal():
            vers.write_number(rang, colonne, valeur, mise)


def _mise(entete: Entete) -> str:
    return f"n{min(entete.decimales, DECIMALES_MAX)}"


def _formats(classeur: Any) -> dict[str, Any]:
    nombres = {f"n{n}": {"num_format": _nombre(n)} for n in range(DECIMALES_MAX + 1)}
    return {
        nom: classeur.add_format(reglage)
        for nom, reglage in {
            "tete": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
            "texte": {"valign": "top", "text_wrap": True},
            "jour": {"num_format": "dd/mm/yyyy", "align": "left"},
            "instant": {"num_format": "dd/mm/yyyy hh:mm:ss", "align": "left"},
            **nombres,
        }.items()
    }


def _ecrire_long(feuilles: Sequence[Feuille], sortie: BinaryIO) -> None:
    """Five times faster. Once a column has held a day this writer shows its numbers as days: days are texts here."""
    from rustpy_xlsxwriter import FastExcel, Format  # noqa: PLC0415 - only who asks for a long file

    classeur = FastExcel(sortie).freeze(row=1)
    tete = Format().set_bold().set_text_wrap()
    for feuille in feuilles:
        classeur.sheet(
            feuille.nom,
            _nommees([e.libelle for e in feuille.entetes], _sans_jours(feuille)),
            header_format=tete,
            autofilter=True,
            column_widths={e.libelle: LARGEURS.get(e.code, LARGEUR) for e in feuille.entetes},
        )
    classeur.save()


def _nommees(noms: Sequence[str], lignes: Iterable[Sequence[Valeur]]) -> Iterator[dict[str, Valeur]]:
    """Lines by name; an empty one where there is none, since the header is read from the first."""
    ligne = None
    for ligne in lignes:
        yield dict(zip(noms, ligne, strict=True))
    if ligne is None:
        yield dict.fromkeys(noms)


def _sans_jours(feuille: Feuille) -> Iterable[Sequence[Valeur]]:
    """The lines; of a sheet of figures as they are, of one in words with its days as texts."""
    if any(e.genre is not Genre.TEXTE for e in feuille.entetes):
        return feuille.lignes
    return ([_en_texte(valeur) for valeur in ligne] for ligne in feuille.lignes)


def _en_texte(valeur: Valeur) -> Valeur:
    if isinstance(valeur, datetime):
        return f"{valeur:%d/%m/%Y %H:%M:%S}"
    return f"{valeur:%d/%m/%Y}" if isinstance(valeur, date) else valeur


def _nombre(decimales: int) -> str:
    return "#,##0" + ("." + "0" * decimales if decimales else "")
