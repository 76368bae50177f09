"""Spreadsheets and texts: what one is by its bytes, never by its name. None is opened, nor anything of it rewritten."""

import re

# Names of the parts of an archive stand in it in clear; macros and what runs by itself are refused with it.
XLSX = (b"[Content_Types].xml", b"xl/workbook.xml")
ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK"
ACTIFS = (
    b"vbaProject",
    b"xl/macrosheets/",
    b"xl/activeX/",
    b"xl/embeddings/",
    b"Basic/",
    b"Scripts/",
    b"Object ",
)
COMMANDES = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def tel_quel(octets: bytes) -> str:
    """The type of a spreadsheet or a text; empty when it is neither, or may do something when it is opened."""
    if octets.startswith(b"PK\x03\x04"):
        if any(actif in octets for actif in ACTIFS):
            return ""
        if octets[30 : 30 + len(ODS)] == ODS:
            return "application/x-ods"
        return "application/x-xlsx" if all(nom in octets for nom in XLSX) else ""
    try:
        texte = octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    if COMMANDES.search(texte) or texte.lstrip().startswith(("<", "#!", "%PDF", "{\\rtf")):
        return ""
    premiere = texte.partition("\n")[0]
    return "text/csv" if ";" in premiere or "\t" in premiere else "text/plain"
