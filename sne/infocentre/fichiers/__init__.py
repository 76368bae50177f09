"""A report taken away: CSV, XLSX, ODS or Parquet, the same figures with the same states in each."""

from datetime import datetime
from typing import BinaryIO

from sne.infocentre.fichiers.csv import ecrire_csv
from sne.infocentre.fichiers.feuilles import Feuille, feuilles
from sne.infocentre.fichiers.formats import TYPES, Format, nom_de_fichier
from sne.infocentre.fichiers.ods import ecrire_ods
from sne.infocentre.fichiers.parquet import ecrire_parquet
from sne.infocentre.fichiers.xlsx import ecrire_xlsx
from sne.infocentre.rapports.tableau import Tableau
from sne.socle.erreurs import Interdit
from sne.socle.signes import INSECABLE

__all__ = ["TYPES", "Format", "ecrire", "nom_de_fichier"]

LIGNES_FORMATEES = 20_000  # above, a workbook is written faster and plainer
LIGNES_MAX = 1_048_575  # of a spreadsheet, its header aside


def ecrire(
    tableau: Tableau, format_: Format, sortie: BinaryIO, *, par: str = "", fait_le: datetime | None = None
) -> None:
    """Write a report. ``par``: who takes it away, ``fait_le``: when; both are said in the file.

    Raises ``Interdit`` when a spreadsheet could not hold its lines.
    """
    donnees, definitions, lecture = feuilles(tableau, par=par, fait_le=fait_le)
    match format_:
        case Format.CSV:
            ecrire_csv((donnees, definitions, lecture), sortie)
        case Format.PARQUET:
            ecrire_parquet(donnees, {"definitions": _dire(definitions), "lecture": _dire(lecture)}, sortie)
        case Format.XLSX | Format.ODS:
            if len(tableau.lignes) > LIGNES_MAX:
                raise Interdit(
                    f"Ce rapport a plus de lignes qu’un tableur n’en lit{INSECABLE}: prenez un fichier CSV ou Parquet."
                )
            if format_ is Format.ODS:
                ecrire_ods((donnees, definitions, lecture), sortie)
            else:
                ecrire_xlsx(
                    (donnees, definitions, lecture), sortie, long=len(tableau.lignes) > LIGNES_FORMATEES
                )


def _dire(feuille: Feuille) -> list[list[str]]:
    return [["" if valeur is None else str(valeur) for valeur in ligne] for ligne in feuille.lignes]
