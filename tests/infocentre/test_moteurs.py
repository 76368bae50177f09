"""Two engines on facts drawn at random, without a register: every cell of every fact, in every form, the same."""

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import Mock

import pytest

from sne.demo.port import port_libre
from sne.infocentre.lac.selectors import fichiers
from sne.infocentre.mesures.catalogue import par_fait
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import Forme, lire, lire_cellules
from sne.infocentre.moteur import duck

LIGNES = 300
PATIENCE = 300  # seconds for a server to answer
TEXTES = ("", "OUI", "NON", "A", "T1", "T4", "1", "5", "GUICHET", "PGP", "RADATT", "AVANT", "INCONNU")


def tirer(hasard: Random, colonne: str, genre: str) -> Any:
    if colonne == "signe":
        return hasard.choice((1, 1, -1))
    if genre == "string":
        return hasard.choice(TEXTES)
    if genre == "boolean":
        return hasard.choice((True, False, None) if colonne == "rpls_apparie" else (True, False))
    if genre == "date":
        return date(2025, 1, 1) + timedelta(days=hasard.randrange(700))
    return hasard.randrange(-20, 60)


def dessiner(dossier: Path) -> dict[str, dict[str, Any]]:
    """A file of each fact that has measures, as the service writes it."""
    hasard, faits = Random(96), {}
    with duck.ouvrir({}) as base:
        for nom in par_fait():
            colonnes = FAITS[nom].colonnes
            types = ", ".join(f"{c} {duck.TYPES[genre]}" for c, genre in colonnes.items())
            base.execute(f"CREATE TABLE {nom} ({types})")
            lignes = [[tirer(hasard, c, genre) for c, genre in colonnes.items()] for _ in range(LIGNES)]
            base.executemany(f"INSERT INTO {nom} VALUES ({', '.join('?' * len(colonnes))})", lignes)
            fichier = dossier / f"{nom}.parquet"
            base.execute(f"COPY {nom} TO '{fichier}' (FORMAT parquet, COMPRESSION zstd)")
            faits[nom] = {"fichiers": [str(fichier)], "colonnes": dict(colonnes)}
    return faits


@contextmanager
def serveur_spark(dossier: Path) -> Iterator[str]:
    """A Spark of its own behind Spark Connect; its address."""
    import pyspark  # where it is installed

    port = port_libre()
    ordre = [
        str(Path(pyspark.__file__).parent / "bin" / "spark-submit"),
        *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", "local[1]"),
        *("--conf", f"spark.connect.grpc.binding.port={port}", "--conf", "spark.ui.enabled=false"),
        "spark-internal",
    ]
    with (dossier / "spark.log").open("w") as journal:
        serveur = subprocess.Popen(ordre, cwd=dossier, stdout=journal, stderr=journal)
    try:
        for _ in range(PATIENCE):
            assert serveur.poll() is None, (dossier / "spark.log").read_text()
            with contextlib.suppress(OSError), socket.create_connection(("localhost", port), 1):
                break
            time.sleep(1)
        yield f"sc://localhost:{port}"
    finally:
        serveur.terminate()
        serveur.wait()


ANCIENNE = (
    "CREATE TABLE echeance AS SELECT 1 AS cle, '099' AS territoire, '099G0991' AS guichet, DATE '2025-02-03' AS jour, "
    "1 AS scellement, 1 AS signe, 'JAMAIS' AS issue"
)


@pytest.mark.parametrize("nouvelles", [0, 1])
def test_what_files_of_before_do_not_say_is_unknown(tmp_path: Path, nouvelles: int) -> None:
    """A column that a fact took since: counted where it is said, in cells, behind a figure, and once written again."""
    ecrits: list[str] = []
    with duck.ouvrir({}) as base:
        for rang, ordre in enumerate([ANCIENNE, *[f"{ANCIENNE}, true AS sans_lecteur"] * nouvelles]):
            base.execute(ordre)
            ecrits.append(str(tmp_path / f"{rang}.parquet"))
            base.execute(f"COPY echeance TO '{ecrits[-1]}' (FORMAT parquet)")
            base.execute("DROP TABLE echeance")
        fait: dict[str, Any] = {
            "fichiers": ecrits,
            "colonnes": dict(FAITS["echeance"].colonnes),
            "anciens": True,
        }
        cellules = duck.compter(
            base, faits={"echeance": {**fait, "sql": lire_cellules("echeance")}}, filtre={}
        )
        lues = {mesure: n for *_, mesure, n in cellules}
        assert lues["ECHEANCES_JAMAIS"] == 1 + nouvelles
        assert lues.get("ECHEANCES_SANS_LECTEUR", 0) == nouvelles
        dits = duck.detailler(
            base,
            fait="echeance",
            sql=lire("echeance", forme=Forme.DETAIL),
            mesure="ECHEANCES",
            filtre={},
            **fait,
        )
        assert [nombre for _, nombre, *_ in dits] == [1 + nouvelles]
    (tmp_path / "cles.csv").write_text("1\n")
    with duck.ouvrir({}) as base:
        groupe = {"fait": "echeance", "mois": "2025-02", "sceaux": (0, 2), "sql": [], "reunir": True, **fait}
        [ecrit] = duck.reecrire(base, lac=str(tmp_path), cles=str(tmp_path / "cles.csv"), groupes=[groupe])
        if nouvelles:
            lu = f"SELECT count(sans_lecteur), count(*) FROM '{tmp_path / ecrit['fichier']['chemin']}'"
            assert base.execute(lu).fetchall() == [(1, 2)]


def test_a_file_that_lacks_a_line_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "cles.csv").write_text("1\n")
    fait = {"csv": str(tmp_path / "cles.csv"), "lignes": 2, "colonnes": {"cle": "int64"}, "sql": []}
    with duck.ouvrir({}) as base, pytest.raises(ValueError, match="cles: 2 lines sent, 1 read"):
        duck.ecrire(base, lac=str(tmp_path), mois="2025-02", sceaux=(0, 2), faits={"cles": fait})


def test_files_of_before_are_known_by_their_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fichiers, "exiger_present", Path)
    monkeypatch.setattr(fichiers, "Fichier", Mock())
    lus = fichiers.Fichier.objects.filter.return_value.order_by.return_value  # type: ignore[attr-defined]
    lus.values_list.return_value = [("echeance", "a", 1), ("echeance", "b", 2), ("depot", "c", 1)]
    assert {fait: lu["anciens"] for fait, lu in fichiers.faits_a_lire(["depot", "echeance"]).items()} == {
        "depot": False,
        "echeance": True,
    }


@pytest.mark.longue
@pytest.mark.parametrize("connect", [False, True], ids=["local", "connect"])
def test_every_cell_is_the_same_on_spark(tmp_path: Path, connect: bool) -> None:
    assert shutil.which("java"), "Spark asks for Java 17: apt install openjdk-17-jre-headless"
    from sne.infocentre.moteur import spark  # where it is installed

    faits = dessiner(tmp_path)
    filtre = {"du": "2025-02-01", "au": "2026-10-31", "scellement": 50}
    with duck.ouvrir({}) as base:
        ici = duck.compter(
            base, faits={n: {**x, "sql": lire_cellules(n)} for n, x in faits.items()}, filtre=filtre
        )
    with (
        serveur_spark(tmp_path) if connect else contextlib.nullcontext("local[1]") as maitre,
        spark.ouvrir(maitre) as session,
    ):
        la = spark.compter(
            session,
            faits={n: {**x, "sql": lire_cellules(n, dialecte="pyspark")} for n, x in faits.items()},
            filtre=filtre,
        )
    assert len(ici) > 1000
    assert sorted(la) == sorted(ici)
