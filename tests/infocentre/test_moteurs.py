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

import pytest

from sne.bench.web import port_libre
from sne.infocentre.mesures.catalogue import par_fait
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import lire_cellules
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
