"""The witness knows by itself which names pass without a decision, and how long the others wait."""

import uuid
from datetime import date, timedelta

import pytest

from sne.simulation.noms import Noms, Suite

JOUR = date(2024, 6, 1)
QUELQU_UN = uuid.UUID(int=1)
ANCIENNE = JOUR - timedelta(days=400)


def noms(**autres: object) -> Noms:
    return Noms(**{"en_vigueur": "Bacorduifal", "reference": "Bacorduifal", "protegee": ANCIENNE} | autres)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("connu", "nom", "suite"),
    [
        (noms(), "Bacorduifal", Suite.RIEN),
        (noms(demande="Lemaire"), "Lemaire", Suite.RIEN),
        (noms(), "Bacorduifalt", Suite.APPLIQUE),
        (noms(), "Saint-Bacorduifal", Suite.ATTEND),
        (noms(), "Bacorduix", Suite.ATTEND),
        (noms(reference="Ly", en_vigueur="Ly"), "Li", Suite.ATTEND),
        (noms(en_vigueur="Bacorduifalt"), "Bacorduifaltes", Suite.ATTEND),
        (noms(protegee=JOUR - timedelta(days=59)), "Lemaire", Suite.APPLIQUE),
        (noms(protegee=JOUR - timedelta(days=60)), "Lemaire", Suite.ATTEND),
        (noms(appliques=[date(2023, 6, 1)]), "Bacorduifalt", Suite.ATTEND),
        (noms(appliques=[date(2023, 5, 31)]), "Bacorduifalt", Suite.APPLIQUE),
        (noms(revenue_le=JOUR - timedelta(days=30)), "Bacorduifalt", Suite.ATTEND),
        (noms(revenue_le=JOUR - timedelta(days=31)), "Bacorduifalt", Suite.APPLIQUE),
    ],
)
def test_a_name_passes_or_waits(connu: Noms, nom: str, suite: Suite) -> None:
    assert connu.suite(nom, JOUR) is suite


def test_what_waits_moves_nothing_and_ends() -> None:
    connu = noms()
    connu.attendre("Lemaire", JOUR)
    assert (connu.en_vigueur, connu.expire(JOUR + timedelta(days=29))) == ("Bacorduifal", False)
    assert connu.expire(JOUR + timedelta(days=30))
    connu.ecarter()
    assert (connu.en_vigueur, connu.expire(date.max)) == ("Bacorduifal", False)


def test_a_decision_moves_the_reference_and_a_takeover_is_undone() -> None:
    connu = noms()
    connu.appliquer("Bacorduifalt", JOUR)
    assert (connu.en_vigueur, connu.reference) == ("Bacorduifalt", "Bacorduifal")
    connu.attendre("Lemaire", JOUR)
    connu.valider(QUELQU_UN)
    assert (connu.en_vigueur, connu.reference, connu.demande) == ("Lemaire", "Lemaire", "")
    connu.repris = ("Bacorduifalt", 2)
    connu.retablir()
    assert (connu.en_vigueur, connu.reference, connu.repris) == ("Bacorduifalt", "Bacorduifalt", None)


def test_what_two_persons_undid_is_not_held_against_the_next_correction() -> None:
    connu = noms(appliques=[JOUR - timedelta(days=40)], revenue_le=JOUR - timedelta(days=10))
    assert connu.suite("Bacorduifalt", JOUR) is Suite.ATTEND
    connu.repris = ("Bacorduifal", 2)
    connu.retablir()
    assert connu.suite("Bacorduifalt", JOUR) is Suite.APPLIQUE
