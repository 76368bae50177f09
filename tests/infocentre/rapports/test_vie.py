"""Names and windows at each instant, read of decisions; what cannot be decided, and why."""

from datetime import date, datetime, timedelta

import pytest

from sne.infocentre.rapports.rules.vie import Decision, NatureDecision, Vie, refuser, versions, vies
from sne.socle.horloge import debut_du_jour

N = NatureDecision


def minuit(*jour: int) -> datetime:
    return debut_du_jour(date(*jour))


SECONDE = timedelta(seconds=1)
AVANT, DOUBLE, RETRAIT = minuit(2015, 3, 23), minuit(2024, 4, 15), minuit(2024, 5, 15)
LIVREES = [
    Decision(1, N.PUBLIER, AVANT, "Tableau 06"),
    Decision(1, N.RENOMMER, DOUBLE, "Tableau 06_OLD"),
    Decision(1, N.RETIRER, RETRAIT),
    Decision(2, N.PUBLIER, DOUBLE, "Tableau 06"),
]


@pytest.mark.decision("D-2024-14")
@pytest.mark.parametrize(
    ("instant", "attendus"),
    [
        (AVANT - SECONDE, []),
        (AVANT, [(1, "Tableau 06")]),
        (DOUBLE - SECONDE, [(1, "Tableau 06")]),
        (DOUBLE, [(2, "Tableau 06"), (1, "Tableau 06_OLD")]),
        (RETRAIT - SECONDE, [(2, "Tableau 06"), (1, "Tableau 06_OLD")]),
        (RETRAIT, [(2, "Tableau 06")]),
    ],
)
def test_names_around_the_two_midnights(instant: datetime, attendus: list[tuple[int, str]]) -> None:
    assert [(v.numero, v.nom(instant)) for v in versions(vies(LIVREES), instant)] == attendus


def test_midnight_is_that_of_paris() -> None:
    assert DOUBLE.utcoffset() == timedelta(hours=2)
    assert minuit(2024, 3, 31).utcoffset() == timedelta(hours=1)
    assert minuit(2024, 4, 1).utcoffset() == timedelta(hours=2)
    assert minuit(2024, 10, 28).utcoffset() == timedelta(hours=1)


def test_a_withdrawn_version_keeps_its_last_name() -> None:
    vie = vies(LIVREES)[1]
    assert vie.retiree(RETRAIT)
    assert not vie.retiree(RETRAIT - SECONDE)
    assert vie.nom(minuit(2026, 1, 1)) == "Tableau 06_OLD"


def test_a_version_to_come_already_has_its_name() -> None:
    assert vies(LIVREES)[2].nom(AVANT) == "Tableau 06"
    assert Vie(3).nom(AVANT) == ""
    assert Vie(3).publiee_le is None
    assert not Vie(3).en_vigueur(RETRAIT)


def test_put_off_then_cancelled() -> None:
    tard = minuit(2024, 6, 15)
    reportee = vies([*LIVREES, Decision(1, N.PROLONGER, tard)])[1]
    assert reportee.en_vigueur(RETRAIT)
    assert reportee.retiree(tard)
    annulee = vies([*LIVREES, Decision(1, N.ANNULER, RETRAIT)])[1]
    assert annulee.retiree_le is None


PENDANT = minuit(2024, 5, 2)


@pytest.mark.parametrize(
    ("decision", "instant", "debut"),
    [
        (
            Decision(3, N.PUBLIER, minuit(2024, 6, 1), "Tableau 06"),
            PENDANT,
            "La version 2 porte encore ce nom",
        ),
        (Decision(3, N.PUBLIER, minuit(2024, 6, 1), "Tableau 06 bis"), PENDANT, ""),
        (Decision(3, N.PUBLIER, minuit(2024, 6, 1)), PENDANT, "Indiquez le nom"),
        (Decision(3, N.PUBLIER, minuit(2024, 5, 1), "Autre"), PENDANT, "Cette date est passée"),
        (Decision(2, N.PUBLIER, minuit(2024, 6, 1), "Autre"), PENDANT, "Cette version est déjà publiée"),
        (
            Decision(3, N.RENOMMER, minuit(2024, 6, 1), "Autre"),
            PENDANT,
            "Cette version n’est pas encore publiée",
        ),
        (
            Decision(1, N.RENOMMER, minuit(2024, 6, 1), "Autre"),
            PENDANT,
            "Cette version est retirée à cette date",
        ),
        (Decision(1, N.RENOMMER, minuit(2024, 5, 10), "Ancien tableau 06"), PENDANT, ""),
        (Decision(3, N.RETIRER, minuit(2024, 6, 1)), PENDANT, "Cette version n’est pas publiée"),
        (Decision(1, N.RETIRER, minuit(2024, 6, 1)), PENDANT, "Le retrait de cette version est déjà décidé"),
        (
            Decision(2, N.RETIRER, minuit(2024, 6, 1)),
            PENDANT,
            "Aucune autre version n’est publiée à cette date",
        ),
        (Decision(2, N.RETIRER, minuit(2024, 5, 10)), PENDANT, ""),
        (Decision(2, N.PROLONGER, minuit(2024, 6, 1)), PENDANT, "Aucun retrait n’est décidé"),
        (Decision(1, N.PROLONGER, RETRAIT), PENDANT, "Ce jour précède le retrait décidé"),
        (Decision(1, N.PROLONGER, minuit(2024, 6, 1)), PENDANT, ""),
        (Decision(1, N.ANNULER, PENDANT), PENDANT, ""),
        (Decision(1, N.ANNULER, RETRAIT), RETRAIT, "Cette version est déjà retirée"),
        (Decision(2, N.ANNULER, PENDANT), PENDANT, "Aucun retrait n’est décidé"),
    ],
)
def test_what_may_be_decided(decision: Decision, instant: datetime, debut: str) -> None:
    phrase = refuser(vies(LIVREES), decision, instant=instant)
    assert phrase.startswith(debut)
    assert bool(phrase) is bool(debut)
