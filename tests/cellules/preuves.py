"""What two journals say of a move: each proves itself, and each proves what came to it from the other."""

from pathlib import Path

from sne.cellules.routage import ANNUAIRE, dans
from sne.journal.archive import archiver
from sne.journal.reprises import verifier_reprises
from sne.journal.selectors import verifier
from sne.journal.selectors.etat import etat_du_journal
from sne.journal.selectors.export import exporter, get_etendue
from tests.cellules.paire import NORD
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f


def prouver(tmp_path: Path) -> None:
    """Both journals prove themselves, and what each received is in the export of the other."""
    exports = {}
    for cellule in (ANNUAIRE, NORD):
        with dans(cellule):
            tout_sceller()
            assert list(verifier()) == []
            assert etat_du_journal().en_attente == 0
            etendue = get_etendue()
            assert etendue is not None
            assert {nom: list(lignes) for nom, lignes in exporter(etendue)}["hors-sceau.jsonl"] == []
            exports[cellule] = tmp_path / f"{cellule}.zip"
            exports[cellule].unlink(missing_ok=True)
            archiver(exports[cellule], etendue, exporte_le=f.MAINTENANT)
    for cellule, autre in ((ANNUAIRE, NORD), (NORD, ANNUAIRE)):
        with dans(cellule):
            assert list(verifier_reprises(autre, exports[autre])) == []
