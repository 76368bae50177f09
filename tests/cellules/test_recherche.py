"""A search over several cells: which are asked, and their answers as one page."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sne.registre.recherche.rules.texte import comprendre
from sne.registre.recherche.selectors import cellules
from sne.registre.recherche.selectors.cellules import list_cellules, rassembler
from sne.registre.recherche.selectors.recherche import LigneDemande, Resultats
from sne.socle.acteur import Perimetre
from sne.socle.identifiants import uuid7
from tests.registre import factories as f

JOUR = date(2026, 11, 24)


def ligne(nom: str) -> LigneDemande:
    """One file found."""
    return LigneDemande(uuid7(), "0", "ACTIVE", JOUR, JOUR, nom, "Lise", JOUR, "2", "", "", "", False)


def test_answers_of_several_cells_are_one_page_by_name() -> None:
    une, deux = Resultats((ligne("Zola"), ligne("Abel"))), Resultats((ligne("Morel"),), trop=True)
    ensemble = rassembler([une, deux], au_plus=2)
    assert [lue.nom for lue in ensemble.lignes] == ["Abel", "Morel"]
    assert (ensemble.trop, ensemble.suite, ensemble.a_egalite) == (True, None, True)
    assert rassembler([Resultats(), deux], au_plus=2) is deux, "that of one cell, with its other pages"
    assert rassembler([Resultats(), Resultats()], au_plus=2) == Resultats()
    proche = Resultats((ligne("Abele"),), exact=False)
    assert [lue.nom for lue in rassembler([proche, deux], au_plus=5).lignes] == ["Morel"], "as typed, first"


@pytest.mark.parametrize(
    ("texte", "territoires", "attendues"),
    [
        ("morel", ("099",), ("nord",)),
        ("morel", ("075", "099"), ("annuaire", "nord")),
        ("morel", ("",), ("annuaire", "nord")),
        ("099112600000100123", ("",), ("nord",)),
        ("morel", (), ("annuaire",)),
    ],
)
def test_cells_of_the_perimeter_are_asked(
    monkeypatch: pytest.MonkeyPatch, texte: str, territoires: tuple[str, ...], attendues: tuple[str, ...]
) -> None:
    monkeypatch.setattr(cellules, "plusieurs", lambda: True)
    monkeypatch.setattr(cellules, "cellules", lambda: ("annuaire", "nord"))
    monkeypatch.setattr(cellules, "cellule_de", lambda code: "nord" if code == "099" else "annuaire")
    monkeypatch.setattr(cellules, "du_territoire", lambda nud: "nord" if nud[:3] == "099" else "annuaire")
    agent: Any = f.creer_acteur()
    mandats = [replace(m, perimetre=Perimetre(code)) for m in agent.mandats for code in territoires]
    requete = replace(comprendre(texte), nud=texte) if texte.isdigit() else comprendre(texte)
    assert list_cellules(requete, replace(agent, mandats=tuple(mandats))) == attendues
