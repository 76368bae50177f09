"""The activity of counters: what is counted, which months a night computes, a projection written and told once."""

import math
import uuid
from datetime import date, timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, transaction

from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.registre.demande.models.personne import Identite
from sne.registre.identite.rules.mouvements import ClasseNom, Mouvement, Sort
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from sne.suivi.actions.activite import calculer_activite, service_du_suivi
from sne.suivi.models import ActiviteMensuelle
from sne.suivi.rules.activite import Activite, compter, mois_a_calculer, mois_entre, premier_du_mois
from sne.suivi.selectors import list_activite
from sne.suivi.tasks import nuit
from sne.suivi.verbes import VerbeSuivi
from tests.registre import factories as f
from tests.registre.identite.changements_identite import modifier

NOVEMBRE, OCTOBRE = date(2026, 11, 1), date(2026, 10, 1)
UN, DEUX = uuid.UUID(int=11), uuid.UUID(int=12)


def mouvement(**autres: Any) -> Mouvement:
    champs: dict[str, Any] = {
        "territoire": "099",
        "guichet": "G0993",
        "personne": UN,
        "nom": ClasseNom.MAJEURE,
        "prenoms": False,
        "naissance": False,
        "nir": False,
        "ancienne": False,
        "sans_piece": False,
        "sort": Sort.EN_ATTENTE,
        "delai_minutes": None,
    }
    return Mouvement(**champs | autres)


def au_moins(nombre: int, moyenne: float) -> float:
    """P(X ≥ nombre) under Poisson's law, by its definition."""
    return 1 - sum(math.exp(-moyenne) * moyenne**k / math.factorial(k) for k in range(nombre))


@pytest.mark.decision("D-2024-05")
def test_every_figure_of_a_counter() -> None:
    siens = [
        mouvement(nom=ClasseNom.COSMETIQUE, sort=Sort.APPLIQUE, personne=DEUX, sans_piece=True),
        mouvement(nom=ClasseNom.MINEURE, sort=Sort.APPLIQUE, ancienne=True),
        mouvement(sort=Sort.VALIDE, delai_minutes=60, prenoms=True),
        mouvement(sort=Sort.VALIDE, delai_minutes=181, personne=DEUX, sans_piece=True),
        mouvement(nom=None, naissance=True, sort=Sort.REFUSE),
        mouvement(nom=None, nir=True, sort=Sort.EXPIRE),
        mouvement(nom=None, sort=Sort.RETIRE),
        mouvement(nom=None, sort=Sort.EN_ATTENTE),
    ]
    [lue] = compter({("099", "G0993"): 40}, siens, mois=NOVEMBRE)
    assert lue == Activite(
        territoire="099",
        guichet="G0993",
        mois=NOVEMBRE,
        traitees=40,
        naissance_cosmetique=1,
        naissance_mineure=1,
        naissance_majeure=2,
        prenoms=1,
        dates_naissance=1,
        nir=1,
        en_attente=1,
        validees=2,
        refusees=1,
        expirees=1,
        delai_median_minutes=120,
        agents=2,
        part_premier_agent=2 / 3,
        sur_anciennes=1,
        sans_piece=1,
        hasard=pytest.approx(au_moins(3, 3.0)),
    )
    assert lue.mouvements == 3


def test_absence_is_not_zero() -> None:
    [lue] = compter({("099", "G0993"): 4}, [], mois=NOVEMBRE)
    assert (lue.delai_median_minutes, lue.part_premier_agent, lue.agents, lue.hasard) == (None, None, 0, None)


def test_chance_is_at_the_rate_of_the_territory_alone() -> None:
    """20 changes for 2 000 demandes: a counter of 100 is expected one of them."""
    siens = [mouvement() for _ in range(6)] + [mouvement(guichet="G0994") for _ in range(14)]
    ailleurs = [mouvement(territoire="038", guichet="G0100") for _ in range(9)]
    traitees = {("099", "G0993"): 100, ("099", "G0994"): 1_900, ("038", "G0100"): 10}
    isere, premier, second = compter(traitees, [*siens, *ailleurs], mois=NOVEMBRE)
    assert premier.hasard == pytest.approx(au_moins(6, 1.0))
    assert second.hasard == pytest.approx(au_moins(14, 19.0))
    assert isere.hasard == pytest.approx(au_moins(9, 9.0))


def test_counters_come_in_order_and_a_change_alone_makes_a_line() -> None:
    lues = compter({("099", "G0994"): 4, ("038", "G0100"): 1}, [mouvement()], mois=NOVEMBRE)
    assert [(a.territoire, a.guichet, a.traitees) for a in lues] == [
        ("038", "G0100", 1),
        ("099", "G0993", 0),
        ("099", "G0994", 4),
    ]


def test_a_night_computes_what_may_have_moved() -> None:
    le = date(2026, 11, 24)
    assert mois_a_calculer(le, dernier=None, en_attente=[]) == (OCTOBRE, NOVEMBRE)
    assert mois_a_calculer(le, dernier=NOVEMBRE, en_attente=[date(2026, 3, 1), NOVEMBRE]) == (
        date(2026, 3, 1),
        OCTOBRE,
        NOVEMBRE,
    )
    assert mois_a_calculer(le, dernier=date(2026, 8, 1), en_attente=[])[0] == date(2026, 8, 1)
    assert mois_a_calculer(le, dernier=None, en_attente=[date(2025, 11, 1)]) == (OCTOBRE, NOVEMBRE)


def test_months_between_two_days() -> None:
    assert mois_entre(date(2025, 12, 31), date(2026, 2, 1)) == (
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    )
    assert mois_entre(date(2026, 2, 1), date(2026, 1, 31)) == ()
    assert premier_du_mois(date(2026, 2, 28)) == date(2026, 2, 1)


def lancer(jours: int = 0, depuis: date | None = None) -> tuple[date, ...]:
    return calculer_activite(
        depuis=depuis, acte=Acte(service_du_suivi(), f.MAINTENANT + timedelta(days=jours))
    )


def dits() -> list[tuple[str, dict[str, Any]]]:
    entrees = Entree.objects.filter(verbe=VerbeSuivi.CALCULER_ACTIVITE).order_by("inscrit_le", "id")
    return [(e.territoire, e.faits) for e in entrees]


@pytest.fixture
def change(db: None) -> uuid.UUID:
    """A demande of long ago whose name is asked to change this month."""
    demande = f.deposer(le=f.MAINTENANT - timedelta(days=300)).demande_id
    modifier(demande, f.creer_acteur(), traits={"nom_naissance": "Zimmer"})
    return demande


def test_a_month_is_written_and_told_once(change: uuid.UUID) -> None:
    assert lancer() == (NOVEMBRE,)
    [lue] = list_activite("099", de=NOVEMBRE, a=NOVEMBRE)
    assert (lue.guichet, lue.traitees, lue.naissance_majeure, lue.en_attente) == ("G0993", 1, 1, 1)
    assert dits() == [("", {"mois": "2026-11", "guichets": 1})]
    assert lancer() == ()
    assert len(dits()) == 1


def test_it_is_written_again_when_something_moved(change: uuid.UUID) -> None:
    lancer()
    f.decider(Identite.objects.get(voie="CONTROLE"))
    assert lancer(jours=70) == (NOVEMBRE,)
    [lue] = list_activite(None, de=NOVEMBRE, a=NOVEMBRE)
    assert (lue.en_attente, lue.validees, lue.delai_median_minutes) == (0, 1, 60)


def test_any_month_is_computed_again_from_the_register(change: uuid.UUID) -> None:
    assert lancer(depuis=date(2026, 1, 15)) == (date(2026, 1, 1), NOVEMBRE)
    assert [(a.mois, a.traitees) for a in list_activite("099", de=date(2026, 1, 1), a=NOVEMBRE)] == [
        (date(2026, 1, 1), 1),
        (NOVEMBRE, 1),
    ]
    ActiviteMensuelle.objects.filter(mois=date(2026, 1, 1)).delete()
    assert lancer(depuis=date(2026, 1, 1)) == (date(2026, 1, 1),)


def test_other_territories_and_months_stay_out_of_a_reading(change: uuid.UUID) -> None:
    lancer()
    assert list_activite("038", de=NOVEMBRE, a=NOVEMBRE) == []
    assert list_activite("099", de=OCTOBRE, a=OCTOBRE) == []


def test_nobody_else_computes(db: None) -> None:
    with pytest.raises(NonHabilite):
        calculer_activite(acte=Acte(f.creer_acteur(), f.MAINTENANT))


def test_nothing_is_kept_when_the_journal_fails(change: uuid.UUID) -> None:
    with (
        mock.patch.object(journal, "INSCRIRE", "SELECT * FROM nulle_part(%s)"),
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        lancer()
    assert not ActiviteMensuelle.objects.exists()


def test_the_night_runs_it(change: uuid.UUID) -> None:
    with mock.patch("sne.suivi.tasks.maintenant", return_value=f.MAINTENANT):
        nuit(timestamp=0)
    assert ActiviteMensuelle.objects.filter(mois=NOVEMBRE).count() == 1
    assert str(ActiviteMensuelle.objects.get()) == "G0993 11/2026"
