"""Marks of a change that waits, in working days, and the words of a digest."""

from datetime import date, timedelta

import pytest

from sne.registre.identite.rules.echanges import Rappel, rappel
from sne.registre.identite.rules.rappels import MARQUES, atteintes, en_jours_ouvres, phrases, resumer
from tests.registre.controle.rules.test_decision import SEUILS

MARDI = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("le", "attendues"),
    [
        (date(2026, 11, 25), set()),
        (date(2026, 11, 26), {Rappel.PREMIER}),
        (date(2026, 11, 30), {Rappel.PREMIER}),
        (date(2026, 12, 1), {Rappel.PREMIER, Rappel.SECOND}),
        (date(2026, 12, 7), {Rappel.PREMIER, Rappel.SECOND}),
        (date(2026, 12, 8), set(MARQUES)),
    ],
)
def test_marks_are_reached_in_working_days(le: date, attendues: set[Rappel]) -> None:
    assert atteintes(MARDI, le, SEUILS) == attendues


def test_the_last_mark_reached_is_what_the_queue_shows() -> None:
    for jours in range(40):
        le = MARDI + timedelta(days=jours)
        reunies = [m for m in MARQUES if m in atteintes(MARDI, le, SEUILS)]
        assert rappel(MARDI, le, SEUILS) is (reunies[-1] if reunies else Rappel.AUCUN)


def test_a_digest_says_how_many_since_when_and_how_far() -> None:
    resume = resumer(
        [MARDI, date(2026, 12, 2), date(2026, 12, 8)], date(2026, 12, 8), SEUILS, attend="votre décision"
    )
    assert resume.nombre == "3\u00a0changements d’identité attendent votre décision"
    assert resume.depuis == MARDI
    assert resume.rappels.split("\n") == [
        "Depuis 2\u00a0jours ouvrés ou plus\u00a0: 2",
        "Depuis 5\u00a0jours ouvrés ou plus\u00a0: 1",
        "Depuis 10\u00a0jours ouvrés ou plus\u00a0: 1, signalé à l’opérateur national",
    ]
    seul = resumer([MARDI], date(2026, 11, 26), SEUILS, attend="une décision")
    assert seul.nombre == "1\u00a0changement d’identité attend une décision"
    assert seul.rappels == "Depuis 2\u00a0jours ouvrés ou plus\u00a0: 1"
    plusieurs = resumer([MARDI, MARDI], date(2026, 12, 8), SEUILS, attend="une décision")
    assert plusieurs.rappels.endswith("2, signalés à l’opérateur national")


def test_words_of_a_page() -> None:
    assert en_jours_ouvres(1) == "1\u00a0jour ouvré ou plus"
    assert phrases([(Rappel.PREMIER, date(2026, 11, 26)), (Rappel.ESCALADE, date(2026, 12, 8))]) == [
        "Rappelé le 26/11/2026 à qui peut décider.",
        "Signalé à l’opérateur national le 08/12/2026.",
    ]
