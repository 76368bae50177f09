"""The shape of the code: files say what they are for, stay small, and bear names that say what they may do."""

import ast
import re
from functools import cache
from pathlib import Path

import click

from sne.cli.principal import sne as click_sne

RACINE = Path(__file__).resolve().parents[2]
SANS_MAISON = {"utils", "helpers", "common", "manager", "misc"}
ENGENDRES = {"migrations"}
NOMME = re.compile(r"`([a-z]\w*(?:/\w+)*/\w+\.(?:py|html|json|md|sh|sql))`")
CODE = sorted(f for d in ("sne", "config", "tests", "outils", "tools") for f in (RACINE / d).rglob("*.py"))


@cache
def lus() -> dict[str, tuple[str, ast.Module]]:
    """Each file's text and tree, read once."""
    return {str(f.relative_to(RACINE)): (f.read_text(), ast.parse(f.read_text())) for f in CODE}


def test_first_line_says_what_the_file_is_for() -> None:
    premieres = {
        nom: (ast.get_docstring(arbre) or "").partition("\n")[0] for nom, (_, arbre) in lus().items()
    }
    assert [nom for nom, ligne in premieres.items() if len(ligne) < 15] == []


def test_files_and_functions_stay_small() -> None:
    ecrits = {nom: lu for nom, lu in lus().items() if ENGENDRES.isdisjoint(Path(nom).parts)}
    assert [nom for nom, (texte, _) in ecrits.items() if len(texte.splitlines()) > 500] == []
    longues = [
        f"{nom}, {n.name}: {n.end_lineno - n.lineno + 1} lines"
        for nom, (_, arbre) in ecrits.items()
        for n in ast.walk(arbre)
        if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef) and (n.end_lineno or 0) - n.lineno >= 60
    ]
    assert longues == []


def test_every_file_has_a_home() -> None:
    noms = {parent for f in CODE for parent in (f.stem, *f.relative_to(RACINE).parts[:-1])}
    assert noms.isdisjoint(SANS_MAISON)


def test_every_module_is_on_the_map_of_the_readme() -> None:
    plan = (RACINE / "README.md").read_text()
    modules = [d.parent.name for d in (RACINE / "sne").glob("*/__init__.py")]
    assert [m for m in modules if f"── {m}/ " not in plan] == []


def test_each_decision_has_a_number_of_its_own() -> None:
    decisions = sorted((RACINE / "docs/adr").glob("*.md"))
    assert [f.name for f in decisions if not f.read_text().startswith(f"# {f.name[:4]} · ")] == []
    assert len({f.name[:4] for f in decisions}) == len(decisions)


def test_what_a_page_of_the_documentation_leads_to_is_there() -> None:
    pages = [RACINE / "README.md", *(RACINE / "docs").rglob("*.md"), *(RACINE / "deploy").rglob("*.md")]
    liens = [(f, cible) for f in pages for cible in re.findall(r"\]\((?!https?:)([^)#\s]+)", f.read_text())]
    assert [f"{f.name}: {cible}" for f, cible in liens if not (f.parent / cible).exists()] == []


def inconnus(commande: str) -> list[str]:
    """Options that a quoted command line does not have; what follows its last command is free."""
    noeud, mots = click_sne, commande.split(" #", maxsplit=1)[0].replace("[", "").replace("]", "").split()
    chemin = iter(mots)
    while isinstance(noeud, click.Group):
        suite = noeud.get_command(click.Context(noeud), next(chemin, ""))
        if suite is None:
            return [commande]
        noeud = suite
    connues = {nom for parametre in noeud.get_params(click.Context(noeud)) for nom in parametre.opts}
    return [mot for mot in chemin if mot.startswith("--") and mot not in connues]


def test_each_command_that_a_page_quotes_exists_with_its_options() -> None:
    pages = [RACINE / "README.md", *(RACINE / "docs").rglob("*.md"), *(RACINE / "deploy").rglob("*.md")]
    citees = {
        (f.name, cite)
        for f in pages
        for cite in re.findall(
            r"(?:`|^\.venv/bin/|^ +\.venv/bin/)sne ([a-z][^`\n]*)", f.read_text(), re.MULTILINE
        )
    }
    assert len(citees) > 60
    assert {(page, cite): faute for page, cite in citees if (faute := inconnus(cite))} == {}


def test_the_map_and_the_decisions_name_files_that_exist() -> None:
    pages = [RACINE / "docs/architecture.md", *(RACINE / "docs/adr").glob("*.md")]
    nommes = [(p, nom) for p in pages for nom in re.findall(NOMME, p.read_text())]
    dossiers = ("sne", "config", "deploy", "docs", "outils", "tests")
    fichiers = [str(f) for d in dossiers for f in (RACINE / d).rglob("*.*")]
    assert [f"{p.name}: {nom}" for p, nom in nommes if not any(f.endswith(f"/{nom}") for f in fichiers)] == []
