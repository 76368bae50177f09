"""A long report written as a file by the product, beside the bare writer given the same cells."""

import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import IO

from rustpy_xlsxwriter import FastExcel

from sne.bench.rules import Tranche
from sne.infocentre.fichiers import Format, ecrire
from sne.infocentre.fichiers.feuilles import donnees, entetes
from sne.infocentre.rapports.tableau import Cellule, Colonne, EtatCellule, Ligne, Tableau

COLONNES = 25  # of the file
RAPPORTS = 5  # indicators of four columns each
MODELES = 97  # different lines, repeated


@dataclass(frozen=True, slots=True)
class Fichiers:
    """A report of so many lines, and the cells that its file holds."""

    tableau: Tableau

    @classmethod
    def de(cls, lignes: int) -> "Fichiers":
        """A report whose file has :data:`COLONNES` columns."""
        modeles = tuple(_ligne(rang) for rang in range(MODELES))
        colonnes = (
            Colonne("siren", "SIREN", "texte"),
            *(Colonne(f"i{rang}", f"Indicateur {rang}", "%", 1) for rang in range(RAPPORTS)),
        )
        jour = date(2026, 1, 1)
        tableau = Tableau(
            "BENCH",
            "Rapport",
            1,
            "FR",
            jour,
            jour,
            1,
            None,
            colonnes,
            tuple(modeles[r % MODELES] for r in range(lignes)),
        )
        return cls(tableau)

    def xlsx(self) -> Tranche:
        """The product's workbook."""
        return _mesurer(lambda sortie: ecrire(self.tableau, Format.XLSX, sortie))

    def ods(self) -> Tranche:
        """The product's OpenDocument."""
        return _mesurer(lambda sortie: ecrire(self.tableau, Format.ODS, sortie))

    def nu(self) -> Tranche:
        """The fastest writer, given lines that are ready: nothing of the report is said."""
        noms = [e.libelle for e in entetes(self.tableau)]
        pretes = list(donnees(replace(self.tableau, lignes=self.tableau.lignes[:MODELES])))

        def lignes() -> Iterator[dict[str, object]]:
            for rang in range(len(self.tableau.lignes)):
                yield dict(zip(noms, pretes[rang % MODELES], strict=True))

        return _mesurer(lambda sortie: FastExcel(sortie).sheet("Données", lignes()).save())


def _mesurer(ecrire_dans: Callable[[IO[bytes]], None]) -> Tranche:
    with tempfile.TemporaryFile() as sortie:
        debut, processeur = time.perf_counter(), time.process_time()
        ecrire_dans(sortie)
        duree = time.perf_counter() - debut
        return Tranche(1, duree, (1000 * duree,), time.process_time() - processeur)


def _ligne(rang: int) -> Ligne:
    part = Cellule(EtatCellule.VALEUR, Decimal(rang) / 4, rang, 400)
    vide = Cellule(EtatCellule.VIDE, None, 0, 0)
    cellules = (
        Cellule(EtatCellule.VALEUR, texte="999000011"),
        *(part if i % 4 else vide for i in range(RAPPORTS)),
    )
    return Ligne(f"099G{rang:04d}", f"Guichet de la commune {rang}", cellules)
