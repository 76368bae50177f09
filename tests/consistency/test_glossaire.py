"""The glossary names every model, and every identifier it names exists."""

import re
from pathlib import Path

from django.apps import apps

RACINE = Path(__file__).resolve().parents[2]
LIGNES = [
    ligne.split("|")
    for ligne in (RACINE / "docs" / "glossaire.md").read_text().splitlines()
    if ligne.startswith("| ") and "`" in ligne
]
IDENTIFIANTS = {re.findall(r"`([^`]+)`", ligne[2])[0] for ligne in LIGNES}
MODELES = {m.__name__ for m in apps.get_models() if m.__module__.startswith("sne.")}
TEXTE = "\n".join(f.read_text() for f in (RACINE / "sne").rglob("*.py"))


def test_every_model_is_in_the_glossary() -> None:
    assert set() == MODELES - IDENTIFIANTS


def test_every_identifier_of_the_glossary_exists() -> None:
    mots = set(re.findall(r"\w+", TEXTE))
    assert {
        x for x in IDENTIFIANTS if not set(re.findall(r"\w+", x.rsplit(".", maxsplit=1)[-1])) <= mots
    } == set()


def test_every_line_gives_its_source() -> None:
    assert all(ligne[4].strip() for ligne in LIGNES)


def test_every_folder_of_a_module_or_of_a_subject_is_in_the_glossary() -> None:
    parents = (RACINE / "sne", RACINE / "sne" / "registre", RACINE / "sne" / "guichet")
    dossiers = {f.parent.name for p in parents for f in p.glob("*/__init__.py")}
    assert dossiers - {"migrations", "templatetags"} - IDENTIFIANTS == set()
