"""What an e-mail and a birth date lead to: one account, moved by nobody who does not hold it."""

from datetime import date

import pytest

from sne.demandeurs.actions import (
    accueillir_par_courriel,
    confier_courriels,
    prouver_courriel,
    tenir_le_courriel,
)
from sne.demandeurs.rules.codes import CourrielProuve, Depart, lire_mots
from sne.demandeurs.rules.mots import MOTS
from sne.demandeurs.selectors import get_nature_du_courriel
from tests.demandeurs.test_actions import venir
from tests.registre.factories import MAINTENANT

pytestmark = pytest.mark.django_db
INES = "ines@exemple.fr"
NEE, AUTRE_JOUR = date(1999, 3, 14), date(1998, 3, 15)


def prouve(naissance: date = NEE) -> CourrielProuve:
    return CourrielProuve(contact=INES, depart=Depart(naissance=naissance))


def ou(naissance: date = NEE) -> object:
    """The account where that e-mail and that birth date lead."""
    return accueillir_par_courriel(prouve(naissance), survenu_le=MAINTENANT).compte


def test_a_birth_date_that_leads_elsewhere_already_moves_nothing() -> None:
    un, autre = ou(), accueillir_par_courriel(prouve(AUTRE_JOUR), survenu_le=MAINTENANT).compte
    deplace = tenir_le_courriel(autre, INES, NEE, proteger=False, deplacer=True, survenu_le=MAINTENANT)
    assert deplace == ""
    assert (ou(), ou(AUTRE_JOUR)) == (un, autre)


def test_what_another_proof_opens_is_given_to_nobody_and_an_e_mail_proved_twice_leads_where_it_led() -> None:
    un, autre = venir().compte, venir(sub="b", given_name="Ingrid").compte
    prouver_courriel(un, prouve(), survenu_le=MAINTENANT)
    assert confier_courriels(un, autre) is False
    prouver_courriel(autre, prouve(), survenu_le=MAINTENANT)
    assert ou() == un
    assert get_nature_du_courriel(autre, INES) is not None


@pytest.mark.parametrize("dits", ["hibou écorce", " HIBOU  Ecorce ", "hibou-écorce"])
def test_words_are_read_as_they_are_said(dits: str) -> None:
    assert lire_mots(dits) == "hibou ecorce"


def test_words_are_many_short_and_typed_as_they_are_read() -> None:
    assert len(set(MOTS)) == len(MOTS) > 300
    assert all(lire_mots(mot) == mot for mot in MOTS)
