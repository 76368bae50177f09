"""Whose turn it is in an alert, until when, what may be asked, and when a counter is reminded."""

from datetime import date

import pytest

from sne.socle.erreurs import Interdit
from sne.suivi.rules.alertes import (
    TEXTE_MAX,
    EtatAlerte,
    NatureSuite,
    Suite,
    a_relancer,
    attendue_le,
    etat,
    exiger_a_repondre,
    exiger_non_close,
    exiger_ouvrable,
    exiger_repondue,
    lire_message,
)

MARDI = date(2026, 11, 24)


def suites(*natures: str, le: date = MARDI) -> list[Suite]:
    """``RELANCE*``: by the service."""
    return [Suite(NatureSuite(n.rstrip("*")), le, du_service=n.endswith("*")) for n in natures]


@pytest.mark.parametrize(
    ("natures", "attendu"),
    [
        ((), EtatAlerte.A_REPONDRE),
        (("DESIGNATION", "RELANCE*"), EtatAlerte.A_REPONDRE),
        (("REPONSE",), EtatAlerte.REPONDUE),
        (("REPONSE", "DESIGNATION"), EtatAlerte.REPONDUE),
        (("REPONSE", "RELANCE"), EtatAlerte.A_REPONDRE),
        (("REPONSE", "RELANCE", "REPONSE", "CLOTURE"), EtatAlerte.CLOSE),
        (("CLOTURE",), EtatAlerte.CLOSE),
    ],
)
def test_whose_turn_it_is(natures: tuple[str, ...], attendu: EtatAlerte) -> None:
    assert etat(suites(*natures)) is attendu


def test_the_answer_is_awaited_in_working_days_from_the_last_question() -> None:
    assert attendue_le(MARDI, [], jours=5) == date(2026, 12, 1)
    assert attendue_le(MARDI, suites("RELANCE*", le=date(2026, 12, 2)), jours=5) == date(2026, 12, 1)
    posee = suites("REPONSE", "RELANCE", le=date(2026, 12, 2))
    assert attendue_le(MARDI, posee, jours=5) == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("natures", "le", "attendu"),
    [
        ((), date(2026, 11, 30), False),
        ((), date(2026, 12, 1), True),
        (("REPONSE",), date(2026, 12, 15), False),
        (("CLOTURE",), date(2026, 12, 15), False),
    ],
)
def test_a_counter_is_reminded_after_so_many_working_days(
    natures: tuple[str, ...], le: date, attendu: bool
) -> None:
    assert a_relancer(MARDI, suites(*natures), le=le, jours=5) is attendu


def test_and_again_after_as_many() -> None:
    relancee = suites("RELANCE*", le=date(2026, 12, 1))
    assert not a_relancer(MARDI, relancee, le=date(2026, 12, 7), jours=5)
    assert a_relancer(MARDI, relancee, le=date(2026, 12, 8), jours=5)


@pytest.mark.parametrize("texte", ["", "   ", "x" * (TEXTE_MAX + 1), "NIR 2 87 03 99 123 456 78"])
def test_a_message_is_short_and_holds_no_number(texte: str) -> None:
    with pytest.raises(Interdit) as exc:
        lire_message(texte)
    assert exc.value.champ == "texte"


def test_a_message_is_kept_trimmed() -> None:
    assert lire_message("  Pourquoi ?  ") == "Pourquoi ?"


@pytest.mark.parametrize(
    ("mois", "connu", "ouverte", "champ"),
    [
        (1, False, False, "guichet"),
        (0, True, False, "de"),
        (13, True, False, "de"),
        (1, True, True, "guichet"),
    ],
)
def test_what_cannot_be_asked(mois: int, connu: bool, ouverte: bool, champ: str) -> None:
    with pytest.raises(Interdit) as exc:
        exiger_ouvrable(mois, guichet_connu=connu, deja_ouverte=ouverte)
    assert exc.value.champ == champ


def test_each_turn_refuses_the_other_one() -> None:
    exiger_ouvrable(12, guichet_connu=True, deja_ouverte=False)
    exiger_a_repondre(EtatAlerte.A_REPONDRE)
    exiger_repondue(EtatAlerte.REPONDUE)
    exiger_non_close(EtatAlerte.A_REPONDRE)
    for refus, actuel in (
        (exiger_a_repondre, EtatAlerte.REPONDUE),
        (exiger_a_repondre, EtatAlerte.CLOSE),
        (exiger_repondue, EtatAlerte.A_REPONDRE),
        (exiger_repondue, EtatAlerte.CLOSE),
    ):
        with pytest.raises(Interdit):
            refus(actuel)
