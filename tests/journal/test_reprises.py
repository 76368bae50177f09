"""Entries that came with a territory: proved by the export of the cell that sealed them, or named."""

import json
import uuid
import zipfile
from pathlib import Path

import psycopg
import pytest

from sne.journal import selectors
from sne.journal.models import Reprise
from sne.journal.reprises import verifier_reprises
from tests.journal.test_eres import laisser
from tests.journal.test_journal import ecrire, tout_sceller
from tests.registre import factories as f

PLACES = ((1, 1), (1, 2), (3, 1))


def test_received_entries_are_those_of_the_export(en_owner: None, tmp_path: Path) -> None:
    recues = [
        Reprise.objects.create(
            entree=uuid.uuid4(),
            cellule="nord",
            scellement=scellement,
            rang=rang,
            scelle_le=f.MAINTENANT,
            inscrit_le=f.MAINTENANT,
            empreinte=bytes([scellement, rang]) * 16,
        )
        for scellement, rang in PLACES
    ]
    lignes = [
        {"scellement": r.scellement, "rang": r.rang, "entree": str(r.entree), "feuille": r.empreinte.hex()}
        for r in recues
    ]
    sienne = {
        "scellement": 2,
        "rang": 1,
        "entree": str(uuid.uuid4()),
        "feuille": "00",
    }  # of another territory

    def ecarts(*exportees: dict[str, object]) -> list[uuid.UUID | None]:
        export = tmp_path / "export.zip"
        with zipfile.ZipFile(export, "w") as archive:
            archive.writestr("entrees-0001-2026-11.jsonl", "\n".join(map(json.dumps, exportees)))
            archive.writestr("cles.jsonl", "")
        return [ecart.entree for ecart in verifier_reprises("nord", export)]

    assert ecarts(*lignes[:2], sienne, lignes[2]) == []
    assert ecarts(lignes[1], sienne, lignes[2]) == [recues[0].entree], "not there"
    assert ecarts(*lignes[:2], sienne) == [recues[2].entree], "cut"
    autre = lignes[1] | {"feuille": "ff" * 32}
    assert ecarts(lignes[0], autre, lignes[2]) == [recues[1].entree], "another content"
    assert list(verifier_reprises("sud", tmp_path)) == []


@pytest.mark.django_db(transaction=True)
def test_era_of_another_cell_is_never_sealed_here(url_owner: str) -> None:
    ecrire()
    with psycopg.connect(url_owner, autocommit=True) as owner:
        laisser(owner, ("9/1", 70), ("9/1", 71))
        owner.execute("INSERT INTO journal_ere_ailleurs VALUES ('9/1', 'nord')")
        assert tout_sceller() == [1]
        assert "2 entrée(s)" in next(iter(selectors.verifier())).phrase, "nobody said where they were sealed"
        owner.execute(
            "INSERT INTO journal_reprise SELECT id, 'nord', 4, row_number() OVER (ORDER BY id), inscrit_le, "
            "inscrit_le, empreinte FROM journal_entree WHERE ere = '9/1'"
        )
        assert list(selectors.verifier()) == []
        assert selectors.etat_du_journal().en_attente == 0
        owner.execute(
            "INSERT INTO journal_reprise VALUES (gen_random_uuid(), 'nord', 5, 1, now(), now(), sha256('une autre'))"
        )
        assert "a disparu, ou a été modifiée" in next(iter(selectors.verifier())).phrase
