"""Decisions shipped as delivered have tests that bear their code and passed at the run whose proofs are shipped."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from sne.programme.rules.livrees import Preuve, lire_decisions, lire_preuves, manquements

RACINE = Path(__file__).parents[1]
DONNEES = RACINE / "sne" / "programme" / "donnees"


def marques() -> Iterator[tuple[str, str]]:
    """Each code that a test bears, with that test, read in the text of the tests."""
    for fichier in sorted((RACINE / "tests").rglob("test_*.py")):
        for noeud in ast.parse(fichier.read_text("utf-8")).body:
            if not isinstance(noeud, ast.FunctionDef | ast.ClassDef):
                continue
            for marque in noeud.decorator_list:
                if isinstance(marque, ast.Call) and ast.unparse(marque.func) == "pytest.mark.decision":
                    yield ast.literal_eval(marque.args[0]), f"{fichier.relative_to(RACINE)}::{noeud.name}"


def controler() -> list[str]:
    """What is wrong, in sentences; nothing when all is proved."""
    decisions = lire_decisions((DONNEES / "decisions.json").read_text("utf-8"))
    _, _, preuves = lire_preuves("preuves.json", (DONNEES / "preuves.json").read_text("utf-8"))
    portees = set(marques())
    fautes = [
        f"{code} : livrée sans essai réussi, ou code inconnu"
        for code in manquements(decisions, [p for p in preuves if (p.decision, p.test) in portees])
    ]
    fautes += [
        f"{code} : code inconnu, porté par un essai"
        for code in manquements(decisions, [Preuve(c, t, True) for c, t in portees])
        if code not in {d.code for d in decisions}
    ]
    ecart = portees ^ {(p.decision, p.test) for p in preuves}
    return [*fautes, *(f"{code} : {essai} n’est pas des deux côtés" for code, essai in sorted(ecart))]


if __name__ == "__main__":
    fautes = controler()
    if fautes:
        fautes.append(
            "Refaire les preuves : SNE_PREUVES=sne/programme/donnees/preuves.json pytest -m decision"
        )
        sys.stderr.write("\n".join(fautes) + "\n")
    sys.exit(bool(fautes))
