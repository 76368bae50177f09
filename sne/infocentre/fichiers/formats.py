"""Kinds of file in which a report is taken away, and how each is named and announced. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from django.utils.text import slugify

from sne.infocentre.rapports.tableau import Tableau


class Format(StrEnum):
    """A kind of file; its value is its extension."""

    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    PARQUET = "parquet"


TYPES: Mapping[Format, str] = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    Format.PARQUET: "application/vnd.apache.parquet",
}


def nom_de_fichier(tableau: Tableau, format_: Format) -> str:
    """``tb06_v2_099_2023-12_2024-11_s1204331.xlsx``: what it is, of where, of when, as known at which seal.

    Days are said where the period does not begin and end with a month.
    """
    du, au = tableau.du, tableau.au
    entiers = du.day == 1 and (au + timedelta(days=1)).day == 1
    jour = "%Y-%m" if entiers else "%Y-%m-%d"
    morceaux = (
        slugify(tableau.code),
        f"v{tableau.version}",
        slugify(tableau.perimetre),
        f"{du:{jour}}",
        f"{au:{jour}}",
        f"s{tableau.scellement}",
    )
    return "_".join(filter(None, morceaux)) + f".{format_.value}"
