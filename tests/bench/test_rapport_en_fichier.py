"""The report that is measured has the columns it says, and each side writes it."""

from sne.bench.rapport_en_fichier import COLONNES, Fichiers
from sne.infocentre.fichiers.feuilles import donnees, entetes


def test_both_sides_write_the_same_columns() -> None:
    ecrits = Fichiers.de(300)
    assert len(entetes(ecrits.tableau)) == COLONNES == len(next(donnees(ecrits.tableau)))
    assert all(cote().processeur > 0 for cote in (ecrits.xlsx, ecrits.ods, ecrits.nu))
