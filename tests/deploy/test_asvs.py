"""Each requirement of the ASVS is answered once, by tests and pages that exist."""

import re

from outils.asvs import ETATS, lire, page
from outils.rendre import DEPLOIEMENT

RACINE = DEPLOIEMENT.parent
NIVEAUX_1_ET_2 = {
    1: 27,
    2: 11,
    3: 19,
    4: 10,
    5: 9,
    6: 35,
    7: 18,
    8: 7,
    9: 7,
    10: 29,
    11: 14,
    12: 9,
    13: 13,
    14: 9,
    15: 13,
    16: 16,
    17: 7,
}


def test_every_requirement_is_answered_once_by_what_exists() -> None:
    exigences = list(lire())
    assert len({e.numero for e in exigences}) == len(exigences)
    assert {e.etat for e in exigences} == set(ETATS)
    assert {c: sum(e.numero[0] == c for e in exigences) for c in NIVEAUX_1_ET_2} == NIVEAUX_1_ET_2
    absents = []
    for preuve in {p for e in exigences if e.etat == "T" for p in e.preuve.split()}:
        fichier, _, nom = preuve.partition("::")
        chemin = RACINE / "tests" / fichier
        if not chemin.is_file() or f"def {nom}(" not in chemin.read_text(encoding="utf-8"):
            absents.append(preuve)
    for preuve in {e.preuve for e in exigences if e.etat == "P"}:
        absents += [
            p
            for p in re.findall(r"\b(?:docs|deploy|sne|config|outils)/[\w/.-]*\w", preuve)
            if not list(RACINE.glob(f"{p}*"))
        ]
    assert absents == []


def test_the_page_is_that_of_the_table() -> None:
    assert (RACINE / "docs/asvs.md").read_text(encoding="utf-8") == page()
