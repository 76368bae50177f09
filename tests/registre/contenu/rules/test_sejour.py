"""Which document must have been seen, without a database."""

import pytest

from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.sejour import titre_attendu, titre_manquant
from tests.registre.exemples import COTITULAIRE, minimale

ASSOCIATION = Contenu.model_validate({"titulaire": "ASSOCIATION", "association": {"nom": "Logis pour tous"}})


@pytest.mark.parametrize(("nationalite", "attendu"), [("1", False), ("2", False), ("3", True)])
def test_outside_the_union_only(nationalite: str, attendu: bool) -> None:
    assert titre_attendu(minimale(demandeur__identite__nationalite=nationalite)) is attendu


def test_the_applicant_only() -> None:
    etranger = {**COTITULAIRE, "identite": {**COTITULAIRE["identite"], "nationalite": "3"}}
    assert not titre_attendu(minimale(cotitulaires=[etranger]))
    assert not titre_attendu(ASSOCIATION)


@pytest.mark.parametrize(
    ("piece", "dispense", "manque"),
    [
        ("TITRE_SEJOUR", False, False),
        ("RECEPISSE", False, False),
        ("PASSEPORT", False, True),
        ("PASSEPORT", True, False),
        ("AUTRE", False, True),
    ],
)
def test_what_does(piece: str, dispense: bool, manque: bool) -> None:
    contenu = minimale(demandeur__identite__nationalite="3")
    assert titre_manquant(contenu, piece=piece, dispense=dispense) is manque
    assert not titre_manquant(minimale(), piece=piece, dispense=dispense)
