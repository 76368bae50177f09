"""The same integers on two engines: the SQL compiled for Spark, on DuckDB here, on Spark itself in the long trials."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlglot

from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.selectors import recalculer, sommer
from sne.infocentre.lac.selectors.fichiers import faits_a_lire
from sne.infocentre.lac.selectors.preuve import list_ecarts, recompter_le_lac
from sne.infocentre.mesures.catalogue import MESURES, par_fait
from sne.infocentre.mesures.sql import lire_cellules
from sne.infocentre.moteur import lancer
from sne.socle.acte import Acte
from tests.infocentre.f1 import ANNEE, F1, TERRITOIRE
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def versee() -> None:
    list(F1().jouer())
    tout_sceller()
    verser(acte=Acte(service_du_lac(), f.MAINTENANT))


def test_its_sql_counts_the_same(versee: None, tmp_path: Path) -> None:
    faits = {
        nom: {
            **lu,
            "sql": [
                sqlglot.transpile(sql, read="spark", write="duckdb")[0]
                for sql in lire_cellules(nom, dialecte="pyspark")
            ],
        }
        for nom, lu in faits_a_lire(par_fait()).items()
    }
    comptees = lancer.executer({"ordre": "compter", "faits": faits, "filtre": {}}, travail=tmp_path)
    assert sorted(comptees) == sorted(recompter_le_lac()) != []


@pytest.mark.longue
def test_spark_counts_the_same(versee: None, settings: Any) -> None:
    assert shutil.which("java"), "Spark asks for Java 17: apt install openjdk-17-jre-headless"
    settings.ANALYTIQUE = "local[2]"
    assert recalculer(MESURES, territoires=[TERRITOIRE], **ANNEE) == sommer(
        MESURES, territoires=[TERRITOIRE], **ANNEE
    )
    assert list_ecarts() == []
