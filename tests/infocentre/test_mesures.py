"""Measures: written once, compiled for each engine, and what was committed is what the formulas give today."""

import re
from pathlib import Path

import pytest
import sqlglot

from sne.infocentre.lac import models as lac_models
from sne.infocentre.lac.models import Agregat
from sne.infocentre.mesures.catalogue import MESURES, par_fait
from sne.infocentre.mesures.compiler import compiler
from sne.infocentre.mesures.expressions import FORMULES
from sne.infocentre.mesures.faits import FAITS
from sne.infocentre.mesures.sql import DOSSIER, Forme, lire
from sne.registre.contenu.rules.arbre.stockage import SCHEMA
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.socle.acteur import Canal


def test_what_is_committed_is_what_the_formulas_give() -> None:
    """Stale: ``python -m sne.infocentre.mesures.compiler`` writes it again."""
    attendus = dict(compiler())
    assert {x: x.read_text("utf-8") for x in DOSSIER.glob("*/*.sql")} == attendus


@pytest.mark.parametrize("fait", par_fait())
def test_each_engine_reads_its_own_sql_and_gives_a_column_for_each_measure(fait: str) -> None:
    mesures, distributions = par_fait()[fait], par_fait(distributions=True).get(fait, ())
    attendues = {
        Forme.GUICHETS: ["territoire", "guichet", "mois", *mesures],
        Forme.DETAIL: ["cle", "jour", *mesures, *distributions],
    }
    if FAITS[fait].axes:
        attendues[Forme.AXES] = ["territoire", "axe", "ligne", "mois", *mesures]
    if distributions:
        attendues[Forme.DISTRIBUTIONS] = ["territoire", "axe", "ligne", "mois", "mesure", "valeur"]
    for dialecte, lu in (("duckdb", "duckdb"), ("pyspark", "spark")):
        for forme, colonnes in attendues.items():
            arbre = sqlglot.parse_one(lire(fait, dialecte=dialecte, forme=forme), read=lu)
            premiere = next(x for x in arbre.find_all(sqlglot.exp.Select) if not x.is_star)
            assert premiere.named_selects == colonnes


def test_the_catalogue_names_facts_that_are_poured_and_formulas_that_are_read() -> None:
    assert {m.fait for m in MESURES.values()} <= set(FAITS)
    assert set(FORMULES) <= set(MESURES)
    assert {f"RADIATIONS_{m}" for m in MotifRadiation} <= set(MESURES)
    assert {f"DEPOTS_{c}" for c in Canal if c is not Canal.SYSTEME} <= set(MESURES)
    assert all(m.phrase for m in MESURES.values())


def test_the_extraction_reads_the_content_as_it_is_written() -> None:
    """Its SQL knows the documents of this schema; another one asks to be read there too."""
    assert SCHEMA == 1


def test_every_class_that_is_counted_fits_in_a_cell() -> None:
    """« COUPLE_ENFANTS » is longer than a counter: a pouring that cannot write it writes nothing."""
    lac = Path(lac_models.__file__).parent
    ecrits = "".join(
        f.read_text(encoding="utf-8") for f in (lac / "gardes.sql", *(lac / "faits").glob("*.sql"))
    )
    classes = set(re.findall(r"(?:THEN|ELSE) '([^']*)'", ecrits))
    assert "COUPLE_ENFANTS" in classes
    assert max(map(len, classes)) <= Agregat._meta.get_field("ligne").max_length
