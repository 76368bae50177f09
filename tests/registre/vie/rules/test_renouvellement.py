"""The renewal window: its days at month ends, every state, and the sentence that each refusal gives."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.cycle_de_vie import Statut, TransitionInterdite
from sne.registre.demande.rules.dates import echeances
from sne.registre.vie.rules.renouvellement import (
    Fenetre,
    Moment,
    RenouvellementFerme,
    calculer_fenetre,
    exiger_renouvelable,
)
from sne.socle.erreurs import refus_de

PARAMETRES = parametres_par_defaut(date(2026, 11, 24))[ParametresDemande]
BASE = date(2025, 12, 10)
OUVERTURE, EXPIRATION = date(2026, 10, 10), date(2026, 12, 9)
FERMETURE, REACTIVATION = date(2027, 1, 9), date(2027, 6, 10)


def fenetre(base: date = BASE) -> Fenetre:
    return calculer_fenetre(
        base, echeances(base, PARAMETRES).expiration, durees=PARAMETRES, ouverture_jours=60
    )


def test_window_of_a_demande() -> None:
    assert fenetre() == Fenetre(OUVERTURE, EXPIRATION, FERMETURE, REACTIVATION)


def test_window_at_the_end_of_february() -> None:
    assert fenetre(date(2024, 2, 29)) == Fenetre(
        date(2024, 12, 29), date(2025, 2, 27), date(2025, 3, 28), date(2025, 8, 29)
    )


def test_opening_is_a_dated_parameter() -> None:
    courte = calculer_fenetre(BASE, EXPIRATION, durees=PARAMETRES, ouverture_jours=30)
    assert courte.ouverture == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("jour", "moment"),
    [
        (OUVERTURE - timedelta(days=1), Moment.TROP_TOT),
        (OUVERTURE, Moment.OUVERT),
        (EXPIRATION, Moment.OUVERT),
        (EXPIRATION + timedelta(days=1), Moment.EXPIREE),
        (FERMETURE, Moment.EXPIREE),
        (FERMETURE + timedelta(days=1), Moment.TROP_TARD),
    ],
)
def test_each_edge_of_the_window(jour: date, moment: Moment) -> None:
    assert fenetre().situer(jour) is moment


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_renewed_application_is_not_renewable_on_that_day(jour: date) -> None:
    """Renewing never opens the next renewal, and no day between two windows is renewable."""
    suivante = fenetre(jour)
    assert suivante.situer(jour) is Moment.TROP_TOT
    assert suivante.ouverture < suivante.expiration < suivante.fermeture < suivante.reactivation_jusqu_au
    assert suivante.fermeture == echeances(jour, PARAMETRES).radiation - timedelta(days=1)


RENOUVELABLES = {
    (Statut.ACTIVE, Moment.OUVERT),
    (Statut.ACTIVE, Moment.EXPIREE),
    (Statut.EXPIREE, Moment.OUVERT),
    (Statut.EXPIREE, Moment.EXPIREE),
    (Statut.ACTIVE, Moment.TROP_TARD),  # the register is late, not the household
    (Statut.EXPIREE, Moment.TROP_TARD),
}
JOURS = {
    Moment.TROP_TOT: date(2026, 6, 1),
    Moment.OUVERT: date(2026, 11, 24),
    Moment.EXPIREE: date(2026, 12, 24),
    Moment.TROP_TARD: date(2027, 1, 24),
}


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("statut", Statut)
def test_every_state_at_every_moment(statut: Statut, moment: Moment) -> None:
    if (statut, moment) in RENOUVELABLES:
        assert exiger_renouvelable(statut, fenetre(), JOURS[moment]) is Statut.ACTIVE
        assert refus_de(exiger_renouvelable, statut, fenetre(), JOURS[moment]) == ""
        return
    with pytest.raises((RenouvellementFerme, TransitionInterdite)) as leve:
        exiger_renouvelable(statut, fenetre(), JOURS[moment])
    assert refus_de(exiger_renouvelable, statut, fenetre(), JOURS[moment]) == str(leve.value)


@pytest.mark.parametrize(
    ("statut", "jour", "phrase"),
    [
        (
            Statut.ACTIVE,
            date(2026, 6, 1),
            "Le renouvellement ouvre le 10/10/2026, 60 jours avant la fin de validité. D’ici là, modifiez le dossier.",
        ),
        (
            Statut.EXPIREE,
            date(2027, 6, 11),
            "Cette demande pouvait revenir jusqu’au 10/06/2027. Enregistrez une nouvelle demande.",
        ),
        (
            Statut.RADIEE,
            date(2027, 2, 10),
            "Cette demande est « radiée » : elle ne peut pas être renouvelée.",
        ),
        (
            Statut.ANNULEE,
            date(2026, 11, 24),
            "Cette demande est « annulée » : elle ne peut pas être renouvelée.",
        ),
    ],
)
def test_refusal_says_when_and_what_to_do(statut: Statut, jour: date, phrase: str) -> None:
    assert refus_de(exiger_renouvelable, statut, fenetre(), jour).replace("\u00a0", " ") == phrase


def test_last_day_said_is_the_one_held_to() -> None:
    assert fenetre().dernier_jour(date(2027, 1, 9)) == date(2027, 1, 9)
    assert fenetre().dernier_jour(date(2027, 1, 10)) == date(2027, 6, 10)
    exiger_renouvelable(Statut.EXPIREE, fenetre(), fenetre().dernier_jour(date(2027, 1, 10)))
