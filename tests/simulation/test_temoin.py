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
NIR = frozenset({"284039999900123"})


def fiche(depot: date = DEPOT) -> Fiche:
    return Fiche(CLE, "0990224000001G0993", 1, depot, nirs=NIR, adultes=1)


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
    reponse = temoin.renouveler(demande, jour, metier=Metier.ETAT, confirme=True)
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
    reponse = temoin.renouveler(temoin.fiches[CLE], jour, metier=metier, confirme=True)
    assert reponse == attendu


def test_a_household_holds_one_place(temoin: Temoin) -> None:
    ancienne = temoin.fiches[CLE]
    assert temoin.deposer(1, NIR, justifie=True) == "DEJA_OUVERTE"
    assert temoin.deposer(1, frozenset(), justifie=False) == "DOUBLON"
    assert temoin.deposer(1, frozenset(), justifie=True) == ACCEPTE
    ancienne.radier("RADREN", ECHEANCE)
    assert temoin.deposer(1, NIR, justifie=True) == ACCEPTE
    temoin.inscrire(Fiche(uuid.UUID(int=2), "0990425000002G0993", 1, ECHEANCE, nirs=NIR, adultes=1))
    reponse = temoin.renouveler(ancienne, ECHEANCE, metier=Metier.ETAT, confirme=True)
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


def test_a_notice_is_given_once_when_renewal_opens(temoin: Temoin) -> None:
    connue, ouverture = temoin.fiches[CLE], EXPIRATION - 60 * JOUR
    for jour in (ouverture - JOUR, ouverture, ouverture + JOUR):
        temoin.passer(jour)
    assert connue.preavis == [(EXPIRATION, ouverture)]


def test_erased_a_year_after_then_forgotten(temoin: Temoin) -> None:
    connue = temoin.fiches[CLE]
    for jour, etat in ((ECHEANCE, "RADIEE"), (date(2026, 3, 28), "RADIEE"), (date(2026, 3, 29), "PURGEE")):
        temoin.passer(jour)
        assert connue.etat == etat
    assert (connue.effacee_le, connue.actes["PURGER"]) == (date(2026, 3, 29), 1)
    assert temoin.modifier(connue) == "EFFACE"
    assert temoin.radier(connue, "RADABA", ECHEANCE, metier=Metier.ETAT, courrier=None) == "EFFACE"
    assert temoin.renouveler(connue, ECHEANCE, metier=Metier.ETAT, confirme=True) == "EFFACE"
    assert temoin.consigner(connue, Metier.ETAT, attendu=None, ouverte=False) == "EFFACE"
    assert temoin.figer(connue) == "INTROUVABLE"
    assert temoin.deposer(1, NIR, justifie=False) == ACCEPTE


def test_a_freeze_stops_everything_and_gives_its_days_back(temoin: Temoin) -> None:
    connue = temoin.fiches[CLE]
    connue.geler(EXPIRATION - 100 * JOUR)
    temoin.passer(ECHEANCE + 30 * JOUR)
    assert connue.etat == "ACTIVE"
    assert temoin.radier(connue, "RADABA", ECHEANCE, metier=Metier.ETAT, courrier=None) == "DOSSIER_FIGE"
    assert temoin.separer(connue) == "DOSSIER_FIGE"
    connue.lever(EXPIRATION - 60 * JOUR)
    temoin.suivre(connue)
    assert (connue.expiration, connue.revision) == (EXPIRATION + 40 * JOUR, 2)
    temoin.passer(ECHEANCE + 39 * JOUR)
    assert connue.etat == "EXPIREE"
    temoin.passer(ECHEANCE + 40 * JOUR)
    assert (connue.etat, connue.revient_jusqu_au) == ("RADIEE", RETOUR + 40 * JOUR)


def test_an_open_enquiry_keeps_it_from_erasure(temoin: Temoin) -> None:
    connue, enquete = temoin.fiches[CLE], uuid.UUID(int=7)
    temoin.passer(ECHEANCE)
    connue.enquetes.add(enquete)
    temoin.passer(date(2026, 6, 1))
    assert connue.etat == "RADIEE"
    connue.enquetes.discard(enquete)
    temoin.suivre(connue)
    temoin.passer(date(2026, 6, 2))
    assert (connue.etat, connue.effacee_le) == ("PURGEE", date(2026, 6, 2))


def test_frozen_once_struck_off_it_comes_back_later_and_is_erased_later(temoin: Temoin) -> None:
    connue = temoin.fiches[CLE]
    connue.radier("RADABA", ECHEANCE)
    connue.geler(ECHEANCE + 10 * JOUR)
    assert connue.revient_le_dernier(ECHEANCE + 15 * JOUR) == date(2026, 3, 28) + 5 * JOUR
    connue.lever(ECHEANCE + 30 * JOUR)
    assert (connue.revision, connue.expiration) == (2, EXPIRATION)
    assert connue.effacement(date.max) == date(2026, 3, 29) + 20 * JOUR


def test_who_leaves_a_couple_holds_their_own_place(temoin: Temoin) -> None:
    couple = Fiche(uuid.UUID(int=2), "0990224000002G0993", 2, DEPOT, nirs=frozenset({"A", "B"}), adultes=2)
    temoin.inscrire(couple)
    assert temoin.separer(couple) == ACCEPTE
    couple.separer("B")
    temoin.inscrire(Fiche(uuid.UUID(int=3), "0990224000003G0993", 3, DEPOT, nirs=frozenset("B"), adultes=1))
    assert (couple.adultes, couple.nirs, couple.revision) == (1, frozenset("A"), 2)
    couple.radier("RADREN", ECHEANCE)
    assert temoin.separer(couple) == "INTERDIT"
    assert temoin.deposer(2, frozenset({"A", "B"}), justifie=True) == "DEJA_OUVERTE"
    assert temoin.deposer(2, frozenset("A"), justifie=True) == ACCEPTE


def test_seniority_follows_who_left_once_somebody_else_said_so(temoin: Temoin) -> None:
    quittee = temoin.fiches[CLE]
    herite, refuse = (
        Fiche(
            uuid.UUID(int=n),
            "0990224000003G0993",
            n,
            ECHEANCE,
            nirs=frozenset(),
            adultes=1,
            titres=[ECHEANCE],
        )
        for n in (3, 4)
    )
    assert temoin.examiner(herite, quittee, herite=True) == ACCEPTE
    herite.heriter(DEPOT)
    assert (herite.titres, herite.heritee, herite.revision) == ([ECHEANCE, DEPOT], DEPOT, 2)
    quittee.geler(DEPOT)
    assert temoin.examiner(refuse, quittee, herite=True) == "DOSSIER_FIGE"
    assert temoin.examiner(refuse, quittee, herite=False) == ACCEPTE
    refuse.ne_pas_heriter()
    assert (refuse.titres, refuse.heritee, refuse.revision, refuse.noms.protegee) == (
        [ECHEANCE],
        None,
        1,
        ECHEANCE,
    )
    assert (herite.actes["DECIDER_SEPARATION"], refuse.actes["DECIDER_SEPARATION"]) == (1, 1)
    quittee.effacer(ECHEANCE)
    assert temoin.examiner(refuse, quittee, herite=False) == "INTROUVABLE"
