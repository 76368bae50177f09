"""Two engines on facts drawn at random, without a register: every cell of every fact, in every form, the same."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from sne.infocentre.mesures.catalogue import par_fait
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import lire_cellules
from sne.infocentre.moteur import duck

LIGNES = 300
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


@pytest.mark.longue
def test_every_cell_is_the_same_on_spark(tmp_path: Path) -> None:
    assert shutil.which("java"), "Spark asks for Java 17: apt install openjdk-17-jre-headless"
    from sne.infocentre.moteur import spark  # where it is installed

    faits = dessiner(tmp_path)
    filtre = {"du": "2025-02-01", "au": "2026-10-31", "scellement": 50}
    with duck.ouvrir({}) as base:
        ici = duck.compter(
            base, faits={n: {**x, "sql": lire_cellules(n)} for n, x in faits.items()}, filtre=filtre
        )
    with spark.ouvrir("local[1]") as session:
        la = spark.compter(
            session,
            faits={n: {**x, "sql": lire_cellules(n, dialecte="pyspark")} for n, x in faits.items()},
            filtre=filtre,
        )
    assert len(ici) > 1000
    assert sorted(la) == sorted(ici)
