"""The same integers on two engines: the hand-made table on Spark here, every cell in the long trials."""

import logging
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sne.infocentre.lac.actions.verser import service_du_lac, verser
from sne.infocentre.lac.selectors import get_fraicheur, recalculer, sommer
from sne.infocentre.lac.selectors.fichiers import faits_a_lire
from sne.infocentre.lac.selectors.preuve import list_ecarts
from sne.infocentre.mesures.catalogue import MESURES
from sne.infocentre.mesures.sql import lire
from sne.infocentre.moteur import spark
from sne.socle.acte import Acte
from tests.infocentre.f1 import ANNEE, AU_GUICHET, F1, LIGNE, LUES, TERRITOIRE
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("moteur_ici")]
logging.getLogger("py4j").setLevel(logging.WARNING)  # it says goodbye once the output is closed


def test_the_hand_made_table_on_spark_at_four_dates(lac: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """F1 as known at each date, by the SQL compiled for Spark, on a Spark of its own."""
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")  # it lives for seconds
    sceaux = []
    for _ in F1().jouer():
        tout_sceller()
        verser(acte=Acte(service_du_lac(), f.MAINTENANT))
        sceaux.append(get_fraicheur().scellement)
    faits = {
        nom: {**lu, "sql": [lire(nom, dialecte="pyspark")]}
        for nom, lu in faits_a_lire({MESURES[code].fait for code in LUES}).items()
    }
    bornes = {borne: jour.isoformat() for borne, jour in ANNEE.items()}
    with spark.ouvrir("local[1]") as session:
        for sceau, attendu in zip(sceaux, AU_GUICHET, strict=True):
            filtre = {"territoires": [TERRITOIRE], **bornes, "scellement": sceau}
            cellules = spark.compter(session, faits=faits, filtre=filtre)
            lues: Counter[str] = Counter()
            for _, _, ligne, _, mesure, valeur in cellules:
                lues[mesure] += valeur * (ligne == LIGNE and mesure in LUES)
            assert {mesure: n for mesure, n in lues.items() if n} == attendu


@pytest.mark.longue
def test_spark_counts_the_same(lac: Path, settings: Any) -> None:
    """By the setting, in the process of its own that the service starts: every measure, every cell."""
    list(F1().jouer())
    tout_sceller()
    verser(acte=Acte(service_du_lac(), f.MAINTENANT))
    settings.ANALYTIQUE = "local[2]"
    assert recalculer(MESURES, territoires=[TERRITOIRE], **ANNEE) == sommer(
        MESURES, territoires=[TERRITOIRE], **ANNEE
    )
    assert list_ecarts() == []
