"""The schema is said once: a function in one file, a generic guard beside its model, nothing below knows above."""

import re
import tomllib
from collections import Counter
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from sne.socle.gardes import declencheurs_de, gardes_declarees

RACINE = Path(__file__).resolve().parents[2]
SCHEMA = sorted([*RACINE.glob("sne/*/migrations/0*.py"), *RACINE.glob("sne/**/gardes.sql")])
FONCTION = re.compile(r"CREATE\s+(?:OR\s+REPLACE\s+)?FUNCTION\s+(\w+)", re.IGNORECASE)
# What the mechanism installs, and the only tables where SQL of their own subject says the same with a condition.
GENERIQUES = (
    "refuser_ecriture",
    "refuser_ecriture_sauf_purge",
    "estampiller",
    "journal_exiger_entree",
    "journal_exiger_entree_du_dossier",
    "compte_nommer_les_personnes",
)
EN_SQL = {
    ("journal_entree", "ajout_seul_vider"),  # partitioned: each month has its guards
    ("journal_valeur", "ajout_seul"),  # leaves with its month
    ("journal_valeur", "ajout_seul_vider"),
    ("message_agent_tentative", "ajout_seul_vider"),  # its rows go at a term of their own
    ("otp_totp_totpdevice", "journalise_ajoute"),  # a table of somebody else's application
    ("otp_totp_totpdevice", "journalise_modifie"),
    ("otp_totp_totpdevice", "journalise_retire"),
}
EN_PLACE = """
SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled::text
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND NOT c.relispartition AND p.proname = ANY (%s)
"""


def rangs() -> dict[str, int]:
    """Module → rank of its layer in the contract of imports, the foundation first."""
    contrats = tomllib.loads((RACINE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (couches,) = (c["layers"] for c in contrats if c["name"] == "Modules form a DAG")
    return {
        module.strip(): rang for rang, couche in enumerate(reversed(couches)) for module in couche.split("|")
    }


def normalise(definition: str) -> str:
    """A definition of a trigger, whoever wrote it down: as typed, or as the catalogue gives it back."""
    sans = re.sub(r"::(character varying|\w+)(\[\])?|public\.|[\s()]|^CREATE", "", definition)
    sans = sans.replace("UPDATEORDELETE", "DELETEORUPDATE").replace("new.*", "new").replace("old.*", "old")
    return re.sub(r"<>ALLARRAY\[(.*?)\]", r"NOTIN\1", sans).lower()


@pytest.mark.parametrize("fichier", SCHEMA, ids=lambda f: str(f.relative_to(RACINE)))
def test_no_stored_code_is_rewritten_as_text(fichier: Path) -> None:
    assert not re.search(r"pg_get_functiondef|\breplace\(", fichier.read_text("utf-8"))


def test_each_function_stands_in_one_place() -> None:
    noms = Counter(nom for f in SCHEMA for nom in FONCTION.findall(f.read_text("utf-8")))
    assert len(noms) > 100
    assert [nom for nom, fois in noms.items() if fois > 1] == []


def test_every_sql_file_is_run() -> None:
    lances = {
        f"{module.group(1)}/{nom}"
        for f in RACINE.glob("sne/*/migrations/0*.py")
        if (module := re.search(r"executer\(\"(\w+)\"", texte := f.read_text("utf-8")))
        for nom in re.findall(r"\"(gardes)\"", texte)
        or [
            f"{s}/gardes"
            for s in re.findall(r"\"(\w+)\"", texte.partition("SUJETS = (")[2].partition(")")[0])
        ]
    }
    assert lances == {
        str(f.relative_to(RACINE / "sne").with_suffix("")) for f in SCHEMA if f.suffix == ".sql"
    }


def test_no_migration_depends_on_a_module_above() -> None:
    rang = rangs()
    au_dessus = [
        (migration, vers)
        for (module, _), migration in MigrationLoader(None).disk_migrations.items()
        if module in rang
        for vers, _ in migration.dependencies
        if vers in rang and vers != module and rang[vers] >= rang[module]
    ]
    assert au_dessus == []


def test_the_sql_of_a_module_names_no_table_of_one_above_or_beside() -> None:
    rang = rangs()
    module_de = {t: m._meta.app_label for t, (m, _) in gardes_declarees().items()}
    assert module_de["attestation"] == "attestations"
    for fichier in (f for f in SCHEMA if f.suffix == ".sql"):
        module = fichier.relative_to(RACINE / "sne").parts[0]
        code = re.sub(r"--[^\n]*|'[^']*'", "", fichier.read_text("utf-8"))
        nommees = set(re.findall(r"\b(?:FROM|JOIN|INTO|UPDATE|ON|TABLE|REFERENCES)\s+(\w+)", code))
        hautes = {
            t
            for t in nommees & module_de.keys()
            if module_de[t] != module and rang[module_de[t]] >= rang[module]
        }
        assert hautes == set(), fichier.name


@pytest.mark.django_db
def test_what_is_declared_is_what_the_database_has() -> None:
    with connection.cursor() as curseur:
        curseur.execute(EN_PLACE, [list(GENERIQUES)])
        en_place = {
            (table, nom): (normalise(definition), actif)
            for table, nom, definition, actif in curseur.fetchall()
            if (table, nom) not in EN_SQL
        }
    declarees = {
        (table, nom): (normalise(definition), "A" if nom.startswith("ajout_seul") else "O")
        for table, (_, gardes) in gardes_declarees().items()
        for nom, definition in declencheurs_de(table, gardes)
    }
    assert len(declarees) > 200
    assert en_place == declarees


@pytest.mark.django_db
def test_an_erasure_takes_what_refers_before_what_it_refers_to(url_owner: str) -> None:
    with psycopg.connect(url_owner) as owner:
        rang = dict(owner.execute("SELECT quoi, rang FROM effacement").fetchall())
    declarees = {t: (m, g) for t, (m, g) in gardes_declarees().items() if g.efface_par}
    assert rang.keys() == declarees.keys()
    for table, (modele, gardes) in declarees.items():
        chemins = gardes.efface_par if isinstance(gardes.efface_par, tuple) else ()
        for cle in (c.rpartition("__")[0] for c in chemins):
            if cle:
                vers = modele._meta.get_field(cle).related_model._meta.db_table  # type: ignore[union-attr]
                assert vers not in rang or rang[table] < rang[vers]
    assert rang["version"] > rang["personne"]
    assert rang["element_enquete"] < rang["identite"]
