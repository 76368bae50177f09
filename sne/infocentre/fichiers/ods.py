"""OpenDocument workbooks, line by line: what spreadsheets of administrations read, in constant memory.

Written here since no library does it: those that build a document take a minute for twenty thousand lines, those that
stream know no decimal, write an empty cell as a text, or have no format of a day.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from sne.infocentre.fichiers.feuilles import DECIMALES_MAX, Entete, Feuille, Valeur

TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFESTE = f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>"""
_XMLNS = " ".join(
    f'xmlns:{court}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for court, long in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
_NOMBRES = "".join(
    f'<number:number-style style:name="N{n}"><number:number number:decimal-places="{n}" '
    f'number:min-decimal-places="{n}" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
    f'<style:style style:name="n{n}" style:family="table-cell" style:data-style-name="N{n}"/>'
    for n in range(DECIMALES_MAX + 1)
)
_JOUR = (
    '<number:day number:style="long"/><number:text>/</number:text><number:month number:style="long"/>'
    '<number:text>/</number:text><number:year number:style="long"/>'
)
_HEURE = (
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/><number:text>:</number:text><number:seconds number:style="long"/>'
)
DEBUT = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {_XMLNS} office:version="1.2">'
    "<office:automatic-styles>"
    '<style:style style:name="large" style:family="table-column"><style:table-column-properties '
    'style:column-width="4.2cm"/></style:style>'
    '<style:style style:name="tete" style:family="table-cell"><style:text-properties fo:font-weight="bold"/>'
    "</style:style>"
    f'<number:date-style style:name="J">{_JOUR}</number:date-style>'
    f'<number:date-style style:name="I">{_JOUR}{_HEURE}</number:date-style>'
    '<style:style style:name="jour" style:family="table-cell" style:data-style-name="J"/>'
    '<style:style style:name="instant" style:family="table-cell" style:data-style-name="I"/>'
    f"{_NOMBRES}</office:automatic-styles><office:body><office:spreadsheet>"
)
FIN = "</office:spreadsheet></office:body></office:document-content>"
VIDE = "<table:table-cell/>"
ILLISIBLES = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Signs that no XML file may hold."""
PAR_ENVOI = 500  # lines


def ecrire_ods(feuilles: Iterable[Feuille], sortie: BinaryIO) -> None:
    """A workbook of these sheets. Numbers are numbers, days days, codes texts; an empty cell is empty."""
    with ZipFile(sortie, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", TYPE, ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", MANIFESTE)
        with archive.open("content.xml", "w") as contenu:
            contenu.write(DEBUT.encode())
            for feuille in feuilles:
                _ecrire_feuille(feuille, contenu)
            contenu.write(FIN.encode())


def _ecrire_feuille(feuille: Feuille, contenu: IO[bytes]) -> None:
    tete = "".join(
        f'<table:table-cell table:style-name="tete" office:value-type="string">{_paragraphes(e.libelle)}'
        "</table:table-cell>"
        for e in feuille.entetes
    )
    contenu.write(
        f'<table:table table:name={quoteattr(feuille.nom)}><table:table-column table:style-name="large" '
        f'table:number-columns-repeated="{len(feuille.entetes)}"/><table:table-header-rows><table:table-row>{tete}'
        "</table:table-row></table:table-header-rows>".encode()
    )
    styles = [_style(entete) for entete in feuille.entetes]
    lot: list[str] = []
    for ligne in feuille.lignes:
        lot.append(_rangee(ligne, styles))
        if len(lot) == PAR_ENVOI:
            contenu.write("".join(lot).encode())
            lot.clear()
    contenu.write("".join(lot).encode() + b"</table:table>")


def _rangee(ligne: Sequence[Valeur], styles: Sequence[str]) -> str:
    cellules = [VIDE if v is None else _cellule(v, style) for v, style in zip(ligne, styles, strict=True)]
    return f"<table:table-row>{''.join(cellules)}</table:table-row>"


def _cellule(valeur: str | int | Decimal | date, style: str) -> str:
    match valeur:
        case str():
            return f'<table:table-cell office:value-type="string">{_paragraphes(valeur)}</table:table-cell>'
        case datetime():
            iso = valeur.replace(tzinfo=None).isoformat(timespec="seconds")
            genre, montre, style = f'date" office:date-value="{iso}', f"{valeur:%d/%m/%Y %H:%M:%S}", "instant"
        case date():
            genre, montre, style = f'date" office:date-value="{valeur}', f"{valeur:%d/%m/%Y}", "jour"
        case _:
            genre, montre = f'float" office:value="{valeur}', str(valeur).replace(".", ",")
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="{genre}"><text:p>{montre}</text:p>'
        "</table:table-cell>"
    )


def _paragraphes(texte: str) -> str:
    propre = escape(ILLISIBLES.sub("\ufffd", texte))
    return f"<text:p>{propre.replace(chr(10), '</text:p><text:p>')}</text:p>"


def _style(entete: Entete) -> str:
    return f"n{min(entete.decimales, DECIMALES_MAX)}"
