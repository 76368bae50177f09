"""What is asked, what holds, what is counted of a counter."""

import uuid
from datetime import UTC, datetime

import pytest

from sne.sensibilisation.rules import (
    RAPPEL,
    SCENARIOS,
    Acquis,
    Couverture,
    Personne,
    choisir,
    couvrir,
    debut_de_validite,
    exiger_le_meme,
    qui_a_tout_trouve,
)
from sne.socle.erreurs import Interdit, Introuvable

A, B, C = (uuid.UUID(int=n) for n in (1, 2, 3))


@pytest.mark.parametrize("code", SCENARIOS)
def test_each_situation_has_three_answers_and_one_is_right(code: str) -> None:
    choix = SCENARIOS[code].choix
    assert [c.juste for c in choix].count(True) == 1
    assert len({c.code for c in choix}) == len({c.libelle for c in choix}) == 3
    assert all(c.retour.startswith("Oui.") == c.juste for c in choix)


def test_the_right_answer_is_not_always_at_the_same_place() -> None:
    rangs = [[c.juste for c in s.choix].index(True) for s in SCENARIOS.values()]
    assert set(rangs) == {0, 1, 2}


def test_an_answer_is_one_of_those_of_its_situation() -> None:
    assert choisir("tiret", "corriger").juste
    with pytest.raises(Interdit, match="Choisissez une réponse") as refus:
        choisir("tiret", "remplacer")
    assert refus.value.champ == "reponse"
    with pytest.raises(Introuvable):
        choisir("inconnue", "corriger")


def test_only_the_present_text_is_said_to_be_read() -> None:
    exiger_le_meme(RAPPEL.version)
    with pytest.raises(Interdit, match="Relisez-le"):
        exiger_le_meme("2025-1")


def test_it_holds_for_calendar_months() -> None:
    assert debut_de_validite(datetime(2026, 3, 31, tzinfo=UTC), mois=1) == datetime(2026, 2, 28, tzinfo=UTC)


def test_a_counter_counts_persons_once_and_says_who_has_something_left() -> None:
    personnes = (
        Personne("G1", B, "Zoé Berger"),
        Personne("G1", A, "Alix Roche"),
        Personne("G1", A, "Alix Roche"),
        Personne("G1", C, "Léa Conti"),
        Personne("G9", C, "Léa Conti"),
    )
    acquis = Acquis(rappel=frozenset({A, B}), situations=frozenset({A, C}))
    assert acquis.tout == {A}
    assert couvrir(personnes, guichets=["G1", "G2"], acquis=acquis) == (
        Couverture("G1", personnes=3, rappel=2, situations=2, restent=("Léa Conti", "Zoé Berger")),
        Couverture("G2", personnes=0, rappel=0, situations=0, restent=()),
    )


def test_a_situation_added_is_still_to_be_found() -> None:
    trouvees = {A: {"x", "y"}, B: {"x"}, C: {"x", "y", "vieille"}}
    assert qui_a_tout_trouve(trouvees, attendues=["x", "y"]) == {A, C}
