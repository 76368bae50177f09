"""The drawn lake: the SQL written by hand counts what the compiled one counts, and a difference stops the measure."""

import csv
from pathlib import Path

import pytest

from sne.bench import lac as dessin
from sne.bench.pgbench import MesureImpossible
from sne.infocentre.mesures.catalogue import par_fait
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import lire_cellules
from sne.infocentre.moteur import duck


def test_every_measure_of_its_facts_is_written_by_hand() -> None:
    ecrites = {x for conditions in dessin.A_LA_MAIN.values() for x in conditions} | set(dessin.SOMMES)
    assert ecrites == {x for fait in dessin.PARTS for x in par_fait()[fait]}


def test_both_give_the_same_integers_or_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with dessin.dessiner(tmp_path, 20_000) as lac:
        lac.compile()
        lac.a_la_main()
        lac.comparer()
        depots = {**dessin.A_LA_MAIN["depot"], "DEPOTS_RETARD_30J": "physique AND retard_jours >= 30"}
        monkeypatch.setattr(dessin, "A_LA_MAIN", {**dessin.A_LA_MAIN, "depot": depots})
        lac.a_la_main()
        with pytest.raises(MesureImpossible, match="« depot »"):
            lac.comparer()


def test_cells_are_those_of_the_engine_and_keys_are_those_of_its_lines(tmp_path: Path) -> None:
    cellules, cles = tmp_path / "cellules.csv", tmp_path / "cles.csv"
    with dessin.dessiner(tmp_path / "lac", 20_000) as lac:
        lac.ecrire_cellules(cellules)
        lac.ecrire_cles(cles, range(1, dessin.TERRITOIRES + 1))
        faits = {
            fait: {
                "fichiers": [str(f.chemin) for f in lac.fichiers if f.fait == fait],
                "colonnes": dict(FAITS[fait].colonnes),
                "sql": lire_cellules(fait),
            }
            for fait in dessin.PARTS
        }
        attendues = duck.compter(lac.base, faits=faits, filtre={})
        with cles.open(encoding="utf-8") as lu:
            connues = {(f"{int(t):03d}", int(cle)) for t, _, cle in csv.reader(lu)}
    with cellules.open(encoding="utf-8") as lu:
        ecrites = {(t, a, ligne, mois, mesure, int(v)) for t, a, ligne, mois, mesure, v in csv.reader(lu)}
    assert ecrites == set(attendues)
    with duck.ouvrir({}) as base:
        lues = base.execute(
            f"SELECT DISTINCT territoire, cle FROM read_parquet('{tmp_path}/lac/*/*.parquet', union_by_name = true)"
        ).fetchall()
    assert set(lues) <= connues


def test_lines_are_written_in_the_order_of_the_service(tmp_path: Path) -> None:
    with dessin.dessiner(tmp_path, 60_000) as lac:
        fichier = next(f for f in lac.fichiers if f.fait == "evenement")
        lues = lac.base.execute(
            f"SELECT territoire, guichet, jour FROM read_parquet('{fichier.chemin}')"
        ).fetchall()
    assert lues == sorted(lues)
    assert {jour.replace(day=1) for _, _, jour in lues} == {fichier.mois}
