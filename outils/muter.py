"""Takes one clause out of the code at a time, in a copy, and says whether a test falls; lists those that none saw.

    python -m sne.socle.postgres avec -- python -m outils.muter [--vues RAPPORT] [WORDS OF CLAUSES…]

Exit status 1 when a clause may go without any test noticing.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from outils.mutations import MUTATIONS, Mutation
from outils.mutations_du_service import MUTATIONS_DU_SERVICE

RACINE = Path(__file__).resolve().parents[1]
TOUTES = (*MUTATIONS, *MUTATIONS_DU_SERVICE)
COPIES = ("sne", "config", "tests", "outils", "docs", "pyproject.toml", "README.md")
A_RELIRE = {"DJANGO_SETTINGS_MODULE", "PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST"}
"""What a run of tests around this one left in the environment."""
VUE = "vue     "
TESTS_EN_ECHEC = 1  # exit status of pytest: tests ran, and one failed


def muter(racine: Path, mutations: Sequence[Mutation]) -> list[Mutation]:
    """The mutations that no test of theirs saw, tried in a copy of ``racine``.

    Raises ``LookupError`` when the code that one names is not there, ``RuntimeError`` when its tests do not run, or
    fail without it.
    """
    survivantes = []
    with tempfile.TemporaryDirectory(prefix="sne-mutations-") as dossier:
        copie = Path(dossier)
        for nom in COPIES:
            _copier(racine / nom, copie / nom)
        for tests in dict.fromkeys(mutation.tests for mutation in mutations):
            if _un_test_tombe(copie, tests):
                raise RuntimeError(f"{', '.join(tests)} : en échec avant toute mutation.")
        for mutation in mutations:
            cible = copie / mutation.fichier
            intact = cible.read_text(encoding="utf-8")
            if intact.count(mutation.avant) != 1:
                raise LookupError(
                    f"{mutation.clause} : « {mutation.avant} » n’est pas une fois dans {mutation.fichier}."
                )
            cible.write_text(intact.replace(mutation.avant, mutation.apres), encoding="utf-8")
            vue = _un_test_tombe(copie, mutation.tests)
            cible.write_text(intact, encoding="utf-8")
            print(f"{VUE if vue else 'SURVIT  '} {mutation.clause}", flush=True)  # noqa: T201 - the report
            if not vue:
                survivantes.append(mutation)
    return survivantes


def _copier(depuis: Path, vers: Path) -> None:
    if depuis.is_dir():
        shutil.copytree(depuis, vers, ignore=shutil.ignore_patterns("__pycache__"))
    elif depuis.exists():
        shutil.copy(depuis, vers)


def _un_test_tombe(dossier: Path, tests: Sequence[str]) -> bool:
    """Whether pytest ran and one failed; anything else than a pass or a failure is no answer, and stops."""
    commande = [
        sys.executable,
        "-B",
        "-m",
        "pytest",
        "-x",
        "-q",
        "--no-header",
        "-p",
        "no:cacheprovider",
        *tests,
    ]
    environnement = {nom: valeur for nom, valeur in os.environ.items() if nom not in A_RELIRE}
    environnement["PYTHONPATH"] = str(dossier)
    fait = subprocess.run(
        commande, cwd=dossier, env=environnement, capture_output=True, text=True, check=False
    )
    if fait.returncode not in {0, TESTS_EN_ECHEC}:
        raise RuntimeError(fait.stdout + fait.stderr)
    return fait.returncode == TESTS_EN_ECHEC


def restantes(mutations: Sequence[Mutation], rapport: str) -> list[Mutation]:
    """Those that this report of a run that was stopped does not say seen."""
    vues = {ligne.removeprefix(VUE).strip() for ligne in rapport.splitlines() if ligne.startswith(VUE)}
    return [mutation for mutation in mutations if mutation.clause not in vues]


def main() -> int:
    """Run the mutations whose clause holds the words given, all of them without any."""
    lecteur = argparse.ArgumentParser(description=__doc__)
    lecteur.add_argument("clauses", nargs="*", default=[""])
    lecteur.add_argument(
        "--vues", type=Path, metavar="RAPPORT", help="what was printed by a run that was stopped"
    )
    dit = lecteur.parse_args()
    voulues = [m for m in TOUTES if any(mot in m.clause for mot in dit.clauses)]
    rapport = dit.vues.read_text(encoding="utf-8") if dit.vues else ""
    return 1 if muter(RACINE, restantes(voulues, rapport)) else 0


if __name__ == "__main__":
    sys.exit(main())
