"""What was asked of the screens keeps its proof: each defect has a test, each test named exists, no word comes back."""

import re
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
PAGE = (RACINE / "docs" / "ergonomie.md").read_text(encoding="utf-8")
DEFAUTS = range(1, 26)
PREUVE = re.compile(r"`(tests/[\w/]+\.py)`: ((?:`test_\w+`(?:, )?)+)")
PARTIS = ("13 ou 15 signes", "1\u00a0% logement", "1 % logement", "Personne qui lit l’adresse", "évènement")


def test_each_defect_has_a_test_and_each_test_named_exists() -> None:
    lignes = dict(re.findall(r"^\| (\d+) \|(.+)$", PAGE, re.MULTILINE))
    assert sorted(map(int, lignes)) == list(DEFAUTS)
    assert all(PREUVE.search(ligne) for ligne in lignes.values())
    absents = [
        (fichier, nom)
        for fichier, noms in PREUVE.findall(PAGE)
        for nom in re.findall(r"`(\w+)`", noms)
        if f"def {nom}(" not in (RACINE / fichier).read_text(encoding="utf-8")
    ]
    assert absents == []


def test_words_that_nobody_understood_are_gone() -> None:
    """In what professionals read; the national catalogue of indicators keeps its own spelling."""
    for dossier in ("saisie", "guichet", "socle"):
        for fichier in (RACINE / "sne" / dossier).rglob("*"):
            if fichier.suffix in (".py", ".html"):
                lu = fichier.read_text(encoding="utf-8")
                assert [mot for mot in PARTIS if mot in lu] == [], fichier
