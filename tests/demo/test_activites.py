"""The invented figures of the counters: ordinary ones, the same at each start, added to what is true."""

from datetime import date

import pytest

from sne.demo.generation.activites import inventer_activite
from sne.referentiels.selectors import get_parametres
from sne.suivi.rules.activite import Activite
from sne.suivi.rules.entonnoir import Comptage, Entonnoir, ReglesEntonnoir, calibrer, dresser
from sne.suivi.selectors.activite import list_activite
from tests.registre import factories as f

DEPUIS, LE = date(2026, 9, 1), date(2026, 11, 24)


@pytest.fixture
def lignes(db: None) -> list[Activite]:
    f.deposer()
    inventer_activite(depuis=DEPUIS, le=LE)
    return list_activite("099", de=DEPUIS, a=LE.replace(day=1))


def test_counters_of_every_size_and_nothing_to_report(lignes: list[Activite]) -> None:
    entonnoir = _entonnoir(lignes)
    assert len(entonnoir.points) > 20
    assert {point.traites > 300 for point in entonnoir.points} == {True, False}
    assert entonnoir.signales == ()


def test_the_counter_of_the_accounts_has_true_changes_only(lignes: list[Activite]) -> None:
    siennes = [ligne for ligne in lignes if ligne.guichet == "G0993"]
    assert len(siennes) == 3
    assert not any(ligne.mouvements for ligne in siennes)


def test_the_same_again(lignes: list[Activite]) -> None:
    inventer_activite(depuis=DEPUIS, le=LE)
    assert list_activite("099", de=DEPUIS, a=LE.replace(day=1)) == lignes


def test_five_true_changes_stand_out(lignes: list[Activite]) -> None:
    """As many as the story of the demonstration tells at that counter."""
    points = _entonnoir(lignes, de_plus=5).points
    assert points[0].guichet == "G0993"


def _entonnoir(lignes: list[Activite], *, de_plus: int = 0) -> Entonnoir:
    regles = ReglesEntonnoir.depuis(get_parametres(LE))
    comptages = [
        Comptage(
            guichet,
            sum(ligne.traitees for ligne in lignes if ligne.guichet == guichet),
            sum(ligne.mouvements for ligne in lignes if ligne.guichet == guichet)
            + de_plus * (guichet == "G0993"),
        )
        for guichet in sorted({ligne.guichet for ligne in lignes})
    ]
    return dresser(comptages, calibrer({"099": comptages}, regles), regles, territoire="099")
