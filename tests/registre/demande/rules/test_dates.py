"""Deadlines: the table of the law, month ends, seniority in words, reception dates."""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from sne.referentiels.rules import parametres_par_defaut
from sne.registre.contenu.rules.mois import ajouter_mois
from sne.registre.demande.parametres import ParametresDemande
from sne.registre.demande.rules.dates import Echeances, Reception, anciennete, echeances, situer_reception

PARAMETRES = parametres_par_defaut(date(2026, 11, 24))[ParametresDemande]
TABLE = [
    ("2023-10-01", "2024-09-30", "2024-08-30", "2024-11-01", "2025-04-01", "2025-11-01"),
    ("2024-02-29", "2025-02-27", "2025-01-27", "2025-03-29", "2025-08-29", "2026-03-29"),
    ("2024-04-15", "2025-04-14", "2025-03-14", "2025-05-15", "2025-10-15", "2026-05-15"),
]


@pytest.mark.parametrize("ligne", TABLE, ids=[ligne[0] for ligne in TABLE])
def test_table(ligne):
    depot, *attendues = (date.fromisoformat(jour) for jour in ligne)
    assert echeances(depot, PARAMETRES) == Echeances(*attendues)


def test_erasure_counts_one_year_from_the_striking_off_not_from_the_deposit():
    assert echeances(date(2026, 1, 31), PARAMETRES).radiation == date(2027, 2, 28)
    assert echeances(date(2026, 1, 31), PARAMETRES).purge == date(2028, 2, 28)


def test_durations_are_parameters():
    court = PARAMETRES.model_copy(update={"delaiz_mois": 6, "preavis_mois": 2})
    assert echeances(date(2026, 1, 10), court).expiration == date(2026, 7, 9)
    assert echeances(date(2026, 1, 10), court).preavis_au_plus_tard == date(2026, 5, 9)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_deadlines_follow_one_another(jour):
    e = echeances(jour, PARAMETRES)
    assert jour < e.preavis_au_plus_tard < e.expiration < e.radiation < e.reactivation_jusqu_au < e.purge


@pytest.mark.parametrize(
    ("jour", "mois", "attendu"),
    [("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-03-31", -1, "2024-02-29")],
)
def test_months_clip_to_the_end_of_the_month(jour, mois, attendu):
    assert ajouter_mois(date.fromisoformat(jour), mois) == date.fromisoformat(attendu)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-600, 600))
def test_months_agree_with_the_calendar_of_dateutil(jour, mois):
    assert ajouter_mois(jour, mois) == jour + relativedelta(months=mois)


@pytest.mark.parametrize(
    ("depot", "jour", "mots"),
    [
        ("2019-06-10", "2026-11-24", "7 ans 5 mois"),
        ("2025-11-24", "2026-11-24", "1 an"),
        ("2025-10-24", "2026-11-24", "1 an 1 mois"),
        ("2024-11-24", "2026-11-24", "2 ans"),
        ("2026-08-01", "2026-11-24", "3 mois"),
        ("2026-10-25", "2026-11-24", "moins d’un mois"),
        ("2026-11-24", "2026-11-24", "moins d’un mois"),
    ],
)
def test_seniority_in_words(depot, jour, mots):
    assert anciennete(date.fromisoformat(depot), date.fromisoformat(jour)) == mots


def test_no_seniority_before_the_deposit():
    with pytest.raises(ValueError, match="before the deposit"):
        anciennete(date(2026, 11, 25), date(2026, 11, 24))


@pytest.mark.parametrize(
    ("recul", "attendu"),
    [
        (-1, Reception.FUTURE),
        (0, Reception.RETENUE),
        (30, Reception.RETENUE),
        (31, Reception.A_DECIDER),
        (4000, Reception.A_DECIDER),
    ],
)
def test_reception_date(recul, attendu):
    jour = date(2026, 11, 24)
    situe = situer_reception(jour - timedelta(days=recul), aujourd_hui=jour, anteriorite_max_jours=30)
    assert situe is attendu
