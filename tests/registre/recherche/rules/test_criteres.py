"""A search by criteria: enough to look for, or refused on what to correct; what is said of it."""

from datetime import date
from typing import Any

import pytest

from sne.registre.demande.rules.cycle_de_vie import Statut
from sne.registre.demande.rules.radiation import MotifRadiation
from sne.registre.recherche.rules.criteres import (
    Criteres,
    Jours,
    dire_criteres,
    dit_la_sante,
    exiger_selectifs,
)
from sne.socle.erreurs import Interdit

NOVEMBRE = Jours(date(2026, 11, 1), date(2026, 11, 30))
TROP = Jours(date(2026, 11, 1), date(2026, 12, 2))


@pytest.mark.parametrize(
    "criteres",
    [
        {"nud": "0991126000412G1226"},
        {"nom": "Du"},
        {"date_naissance": date(1987, 3, 14)},
        {"association": "Toit"},
        {"commune_souhaitee": "99001"},
        {"commune_attribution": "99001"},
        {"delai_anormal": True},
        {"conditions_multiples": True},
        {"depot": NOVEMBRE},
        {"renouvellement": NOVEMBRE},
        {"radiation": Jours(date(2026, 11, 1), date(2026, 12, 1))},
        {"depot": TROP, "prenoms": "Élodie", "nom": "Dubreuil"},
    ],
    ids="+".join,
)
def test_one_criterion_is_enough(criteres: dict[str, Any]) -> None:
    exiger_selectifs(Criteres(**criteres), periode_max_jours=31)


@pytest.mark.parametrize(
    ("criteres", "champ"),
    [
        ({}, ""),
        ({"statut": Statut.ACTIVE, "motif": "01", "motif_radiation": MotifRadiation.RADABA}, ""),
        ({"prenoms": "Élodie", "pieces": ("IDENTITE",)}, ""),
        ({"delai_anormal": False, "conditions_multiples": False}, ""),
        ({"depot": TROP, "radiation": Jours(debut=date(2026, 11, 1)), "renouvellement": Jours()}, ""),
        ({"nom": "  "}, ""),
        ({"motif": "06", "nom": "Dubreuil"}, "motif"),
        ({"nom": "D"}, "nom"),
        ({"prenoms": "É", "nom": "Dubreuil"}, "prenoms"),
        ({"association": "T"}, "association"),
        ({"depot": Jours(date(2026, 11, 2), date(2026, 11, 1)), "nom": "Dubreuil"}, "depot"),
    ],
    ids=str,
)
def test_what_is_too_wide_or_ill_said(criteres: dict[str, Any], champ: str) -> None:
    with pytest.raises(Interdit) as refus:
        exiger_selectifs(Criteres(**criteres), periode_max_jours=31)
    assert refus.value.champ == champ


def test_what_says_something_of_health() -> None:
    assert [dit_la_sante(Criteres(motif=m), pieces_de_sante=()) for m in ("07", "08", "01")] == [
        True,
        True,
        False,
    ]
    pieces = Criteres(pieces=("IDENTITE", "MDPH"))
    assert dit_la_sante(pieces, pieces_de_sante={"MDPH"})
    assert not dit_la_sante(pieces, pieces_de_sante={"AUTRE"})


def test_what_was_asked_is_said_without_what_was_not() -> None:
    criteres = Criteres(
        nom="Dubreuil", depot=Jours(fin=date(2026, 11, 1)), delai_anormal=False, pieces=("A", "B")
    )
    assert dire_criteres(criteres) == "depot /2026-11-01, delai_anormal False, nom Dubreuil, pieces A+B"
