"""Each requirement of the ASVS is answered once, by tests and pages that exist."""

import re

from outils.asvs import ETATS, lire, page
from outils.rendre import DEPLOIEMENT

RACINE = DEPLOIEMENT.parent
# By chapter: 253 in all.
NIVEAUX_1_ET_2 = dict(
    zip(range(1, 18), (27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7), strict=True)
)
LIEU = re.compile(r"\b(?:docs|deploy|sne|config|outils)/[\w/.-]*\w")


def test_every_requirement_is_answered_once_by_what_exists() -> None:
    exigences = list(lire())
    assert len({e.numero for e in exigences}) == len(exigences)
    assert {e.etat for e in exigences} <= set(ETATS)
    assert {c: sum(e.numero[0] == c for e in exigences) for c in NIVEAUX_1_ET_2} == NIVEAUX_1_ET_2
    absents = []
    for preuve in {p for e in exigences if e.etat == "T" for p in e.preuve.split()}:
        fichier, _, nom = preuve.partition("::")
        chemin = RACINE / "tests" / fichier
        if not chemin.is_file() or f"def {nom}(" not in chemin.read_text(encoding="utf-8"):
            absents.append(preuve)
    for preuve in {e.preuve for e in exigences if e.etat == "P"}:
        absents += [lieu for lieu in LIEU.findall(preuve) if not list(RACINE.glob(f"{lieu}*"))]
    assert absents == []


def test_the_page_is_that_of_the_table() -> None:
    assert (RACINE / "docs/asvs.md").read_text(encoding="utf-8") == page()
