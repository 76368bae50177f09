"""Each import contract is kept, and catches a fault planted for it; the map of the modules is that of their imports."""

import itertools
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parents[2]
FAUTES = {
    "Modules form a DAG": ("sne/journal/rules/actes.py", "from sne.registre import models"),
    "Inside a module, files are layered": (
        "sne/registre/demande/selectors/etat.py",
        "from sne.registre.demande.actions import reviser",
    ),
    "Only the register touches its tables": (
        "sne/guichet/urls.py",
        "from sne.registre.models import Demande",
    ),
    "The support desk ignores the register": (
        "sne/assistance/selectors/avant.py",
        "from sne.registre.contenu.rules import nir",
    ),
    "Rules know neither database, clock, request nor network": (
        "sne/registre/demande/rules/dates.py",
        "import django.db",
    ),
    "Subjects of the register form a DAG": (
        "sne/registre/demande/actions/reviser.py",
        "from sne.registre.vie.actions import radier",
    ),
    "No act waits for a service outside": (
        "sne/registre/depot/actions/deposer.py",
        "from sne.connecteurs.ban.port import chercher_adresses",
    ),
    "Subjects of the infocentre form a DAG": (
        "sne/infocentre/mesures/catalogue.py",
        "from sne.infocentre.lac import models",
    ),
    "Subjects of the shared spaces form a DAG": (
        "sne/collaboratif/espaces/rules.py",
        "from sne.collaboratif.echanges import rules",
    ),
    "Shared spaces ignore the register, but for its working days": (
        "sne/collaboratif/fichiers/models.py",
        "from sne.registre.demande.rules import dates",
    ),
    "No engine of statistics in what serves": ("sne/infocentre/lac/selectors/fichiers.py", "import duckdb"),
    "No network inside a transaction": ("sne/registre/depot/actions/deposer.py", "import smtplib"),
}


def linter(dossier: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=dossier,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(dossier), "PATH": "/usr/bin:/bin"},
        check=False,
    )


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    ignorer = shutil.ignore_patterns("__pycache__", "donnees", "static", "templates", "modeles")
    for nom in ("sne", "config"):
        shutil.copytree(RACINE / nom, tmp_path / nom, ignore=ignorer)
    shutil.copy(RACINE / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize("contrat", FAUTES)
def test_planted_fault_is_caught_by_its_contract(copie: Path, contrat: str) -> None:
    fichier, ligne = FAUTES[contrat]
    cible = copie / fichier
    cible.write_text(cible.read_text() + f"\n{ligne}\n")
    resultat = linter(copie)
    assert resultat.returncode == 1
    assert f"{contrat} BROKEN" in resultat.stdout


@pytest.mark.parametrize("ou", ["sne", "sne/registre"])
def test_undeclared_module_is_refused(copie: Path, ou: str) -> None:
    (copie / ou / "divers").mkdir()
    (copie / ou / "divers" / "__init__.py").write_text('"""Nobody placed this module."""\n')
    resultat = linter(copie)
    assert resultat.returncode == 1
    assert "divers" in resultat.stdout


def test_contracts_are_kept(copie: Path) -> None:
    resultat = linter(copie)
    assert resultat.returncode == 0, resultat.stdout
    assert resultat.stdout.count(" KEPT") == len(FAUTES)


def imports() -> set[tuple[str, str]]:
    """(module, module that a file of it imports)."""
    vus = set()
    for fichier in (RACINE / "sne").glob("*/**/*.py"):
        module = fichier.relative_to(RACINE / "sne").parts[0]
        vus |= {
            (module, autre)
            for autre in re.findall(r"(?m)^\s*(?:from|import) sne\.(\w+)", fichier.read_text())
        }
    return {(de, vers) for de, vers in vus if de != vers}


def fleches() -> set[tuple[str, str]]:
    """The arrows of the map in docs/architecture.md."""
    plan = (RACINE / "docs/architecture.md").read_text().partition("```mermaid")[2].partition("```")[0]
    vues = set()
    for ligne in plan.splitlines():
        groupes = [re.findall(r"\w+", re.sub(r"\[[^]]*]", "", g)) for g in ligne.split("-->")]
        for de, vers in itertools.pairwise(groupes):
            vues |= set(itertools.product(de, vers))
    return vues


def atteints(depuis: str, par: set[tuple[str, str]]) -> set[str]:
    """What arrows lead to from a module."""
    directs = {vers for de, vers in par if de == depuis}
    return directs.union(*(atteints(vers, par) for vers in directs))


def test_the_map_of_the_modules_is_that_of_their_imports() -> None:
    dites, vrais = fleches(), imports()
    assert dites - vrais == set(), "arrows that no import follows"
    assert {(de, vers) for de, vers in vrais if vers not in atteints(de, dites)} == set(), (
        "no arrow leads there"
    )
