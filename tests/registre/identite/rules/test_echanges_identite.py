"""Around a change that waits: one question at a time, one report, reminders in working days, an end."""

from datetime import date

import pytest

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.controle.parametres import Seuils
from sne.registre.identite.rules.echanges import (
    Echange,
    NatureEchange,
    Rappel,
    attend_une_reponse,
    est_expiree,
    exiger_expiree,
    exiger_non_signale,
    exiger_question,
    exiger_sans_question,
    rappel,
)
from sne.socle.erreurs import Interdit

VENDREDI = date(2026, 11, 20)
SEUILS = parametres_par_defaut(VENDREDI)[Seuils]
Q, R, S = (Echange(n) for n in NatureEchange)


@pytest.mark.parametrize(
    ("echanges", "attend"),
    [
        ([], False),
        ([Q], True),
        ([Q, R], False),
        ([Q, R, Q], True),
        ([Q, S], True),
        ([S], False),
        ([Q, R, S], False),
    ],
)
def test_a_question_waits_until_its_answer(echanges: list[Echange], attend: bool) -> None:
    assert attend_une_reponse(echanges) is attend
    refusee = exiger_sans_question if attend else exiger_question
    with pytest.raises(Interdit):
        refusee(echanges)
    (exiger_question if attend else exiger_sans_question)(echanges)


def test_reported_once() -> None:
    exiger_non_signale([Q, R])
    with pytest.raises(Interdit, match="déjà transmis"):
        exiger_non_signale([Q, S])


@pytest.mark.parametrize(
    ("le", "attendu"),
    [
        (date(2026, 11, 23), Rappel.AUCUN),
        (date(2026, 11, 24), Rappel.PREMIER),
        (date(2026, 11, 26), Rappel.PREMIER),
        (date(2026, 11, 27), Rappel.SECOND),
        (date(2026, 12, 3), Rappel.SECOND),
        (date(2026, 12, 4), Rappel.ESCALADE),
    ],
)
def test_reminders(le: date, attendu: Rappel) -> None:
    assert rappel(VENDREDI, le, SEUILS) is attendu


def test_the_end_is_thirty_days_later_and_not_before() -> None:
    assert est_expiree(VENDREDI, date(2026, 12, 20), SEUILS)
    assert not est_expiree(VENDREDI, date(2026, 12, 19), SEUILS)
    exiger_expiree(VENDREDI, date(2026, 12, 20), SEUILS)
    with pytest.raises(Interdit, match="20/12/2026"):
        exiger_expiree(VENDREDI, date(2026, 12, 19), SEUILS)
