"""The witness knows the law by itself: dates of the law's table, and what must come of each act."""

import uuid
from datetime import date, timedelta

import pytest

from sne.simulation.equipe import Metier
from sne.simulation.temoin import ACCEPTE, Fiche, Temoin

CLE = uuid.UUID(int=1)
DEPOT = date(2024, 2, 29)
EXPIRATION, ECHEANCE, RETOUR = date(2025, 2, 27), date(2025, 3, 29), date(2025, 8, 29)
JOUR = timedelta(days=1)


def fiche(depot: date = DEPOT) -> Fiche:
    return Fiche(CLE, "0990224000001G0993", 1, depot, nirs=1, adultes=1)


@pytest.fixture
def temoin() -> Temoin:
    temoin = Temoin()
    temoin.inscrire(fiche())
    return temoin


@pytest.mark.parametrize(
    ("depot", "expiration", "echeance", "retour"),
    [
        ("2023-10-01", "2024-09-30", "2024-11-01", "2025-04-01"),
        ("2024-02-29", "2025-02-27", "2025-03-29", "2025-08-29"),
        ("2024-04-15", "2025-04-14", "2025-05-15", "2025-10-15"),
    ],
)
def test_dates_are_those_of_the_law(depot: str, expiration: str, echeance: str, retour: str) -> None:
    connue = fiche(date.fromisoformat(depot))
    assert (str(connue.expiration), str(connue.echeance)) == (expiration, echeance)
    connue.radier("RADREN", connue.echeance)
    assert str(connue.revient_jusqu_au) == retour


def test_a_pass_ends_the_validity_then_strikes_off(temoin: Temoin) -> None:
    connue = temoin.fiches[CLE]
    for jour, etat in (
        (EXPIRATION, "ACTIVE"),
        (EXPIRATION + JOUR, "EXPIREE"),
        (ECHEANCE - JOUR, "EXPIREE"),
        (ECHEANCE, "RADIEE"),
    ):
        temoin.passer(jour)
        assert connue.etat == etat
    assert (connue.motif, connue.radiee_le, connue.actes["EXPIRER"], connue.actes["RADIER"]) == (
        "RADREN",
        ECHEANCE,
        1,
        1,
    )


def test_what_a_renewal_prolonged_is_left_alone(temoin: Temoin) -> None:
    connue = temoin.fiches[CLE]
    connue.renouveler(EXPIRATION)
    temoin.passer(ECHEANCE)
    assert connue.etat == "ACTIVE"


def test_a_killed_pass_leaves_each_application_at_a_step(temoin: Temoin) -> None:
    dues = temoin.dues(ECHEANCE)
    assert list(temoin.adopter(ECHEANCE, {CLE: ("EXPIREE", 2, 0)})) == []
    assert (dues, temoin.fiches[CLE].etat) == ([CLE], "EXPIREE")
    temoin.passer(ECHEANCE)
    assert temoin.fiches[CLE].etat == "RADIEE"


def test_a_step_that_no_pass_makes_is_seen(temoin: Temoin) -> None:
    temoin.dues(EXPIRATION + JOUR)
    assert list(temoin.adopter(EXPIRATION + JOUR, {CLE: ("RADIEE", 2, 1)})) == [temoin.fiches[CLE]]


@pytest.mark.parametrize(
    ("jour", "attendu"),
    [
        (EXPIRATION - 61 * JOUR, "RENOUVELLEMENT_FERME"),
        (EXPIRATION - 60 * JOUR, ACCEPTE),
        (RETOUR, ACCEPTE),  # nothing struck it off: the register was late, not the household
        (RETOUR + JOUR, "RENOUVELLEMENT_FERME"),
    ],
)
def test_renewal_has_its_window(temoin: Temoin, jour: date, attendu: str) -> None:
    demande = temoin.fiches[CLE]
    reponse = temoin.renouveler(demande, jour, metier=Metier.ETAT, avec_nir=True, confirme=True)
    assert reponse == attendu


@pytest.mark.parametrize(
    ("motif", "metier", "jour", "attendu"),
    [
        ("RADREN", Metier.ETAT, RETOUR, ACCEPTE),
        ("RADREN", Metier.ETAT, RETOUR + JOUR, "REACTIVATION_FERMEE"),
        ("RADABA", Metier.ETAT, ECHEANCE, "NON_HABILITE"),
        ("RADABA", Metier.GESTIONNAIRE, date(2026, 3, 28), ACCEPTE),
        ("RADABA", Metier.GESTIONNAIRE, date(2026, 3, 29), "REACTIVATION_FERMEE"),
        ("RADCON", Metier.GESTIONNAIRE, date(2025, 8, 29), ACCEPTE),
        ("RADCON", Metier.GESTIONNAIRE, date(2025, 8, 30), "REACTIVATION_FERMEE"),
    ],
)
def test_a_return_has_its_author_and_its_limit(
    temoin: Temoin, motif: str, metier: Metier, jour: date, attendu: str
) -> None:
    temoin.fiches[CLE].radier(motif, ECHEANCE)
    reponse = temoin.renouveler(temoin.fiches[CLE], jour, metier=metier, avec_nir=True, confirme=True)
    assert reponse == attendu


def test_a_household_holds_one_place(temoin: Temoin) -> None:
    ancienne = temoin.fiches[CLE]
    assert temoin.deposer(1, avec_nir=True, justifie=True) == "DEJA_OUVERTE"
    assert temoin.deposer(1, avec_nir=False, justifie=False) == "DOUBLON"
    assert temoin.deposer(1, avec_nir=False, justifie=True) == ACCEPTE
    ancienne.radier("RADREN", ECHEANCE)
    assert temoin.deposer(1, avec_nir=True, justifie=True) == ACCEPTE
    temoin.inscrire(Fiche(uuid.UUID(int=2), "0990425000002G0993", 1, ECHEANCE, nirs=1, adultes=1))
    reponse = temoin.renouveler(ancienne, ECHEANCE, metier=Metier.ETAT, avec_nir=True, confirme=True)
    assert reponse == "DEJA_OUVERTE"


@pytest.mark.parametrize(
    ("motif", "metier", "courrier", "attendu"),
    [
        ("RADATT", Metier.COLLECTIVITE, None, "NON_HABILITE"),
        ("RADATT", Metier.BAILLEUR, None, "INTERDIT"),
        ("RADREN", Metier.GESTIONNAIRE, None, "NON_HABILITE"),
        ("RADABA", Metier.ETAT, None, ACCEPTE),
        ("RADIRR", Metier.GESTIONNAIRE, date(2024, 5, 1), "NON_HABILITE"),
        ("RADIRR", Metier.BAILLEUR, date(2024, 5, 1), ACCEPTE),
        ("RADCON", Metier.ETAT, date(2024, 5, 2), "INTERDIT"),
    ],
)
def test_each_reason_has_its_author_and_its_delay(
    temoin: Temoin, motif: str, metier: Metier, courrier: date | None, attendu: str
) -> None:
    jour = date(2024, 6, 1)
    assert temoin.radier(temoin.fiches[CLE], motif, jour, metier=metier, courrier=courrier) == attendu
