"""Reading the reminder and answering: kept once or each time, for the person, told to the journal."""

from dataclasses import replace
from datetime import timedelta
from unittest import mock

import pytest
from dateutil.relativedelta import relativedelta
from django.db import DatabaseError, transaction

from sne.habilitations.actions.liens import lier_comptes
from sne.habilitations.models import Compte
from sne.journal import actions as journal
from sne.journal.models import Entree
from sne.sensibilisation.actions import reconnaitre_rappel, repondre_scenario
from sne.sensibilisation.models import LectureRappel, ReponseScenario
from sne.sensibilisation.rules import RAPPEL, SCENARIOS, couvrir, lire_remarque
from sne.sensibilisation.selectors import get_acquis, get_rappel, list_etapes, list_personnes
from sne.sensibilisation.verbes import VerbeSensibilisation
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.habilitations.factories import SYSTEME, acteur, creer_agent, creer_exploitation
from tests.registre.factories import MAINTENANT

pytestmark = pytest.mark.django_db


@pytest.fixture
def compte() -> Compte:
    return creer_agent(le=MAINTENANT)


@pytest.fixture
def agent(compte: Compte) -> Acteur:
    return acteur(compte, le=MAINTENANT)


def test_read_once_until_it_no_longer_holds(agent: Acteur) -> None:
    assert get_rappel(agent, le=MAINTENANT) is RAPPEL
    assert reconnaitre_rappel(RAPPEL.version, acte=Acte(agent, MAINTENANT))
    assert get_rappel(agent, le=MAINTENANT) is None
    assert not reconnaitre_rappel(RAPPEL.version, acte=Acte(agent, MAINTENANT))
    assert LectureRappel.objects.count() == 1
    entree = Entree.objects.get(verbe=VerbeSensibilisation.LIRE_RAPPEL)
    assert (entree.acteur["id"], entree.faits["version"]) == (str(agent.id), RAPPEL.version)
    plus_tard = MAINTENANT + relativedelta(months=12)
    assert get_rappel(agent, le=plus_tard - timedelta(seconds=1)) is None
    assert get_rappel(agent, le=plus_tard) is RAPPEL
    assert reconnaitre_rappel(RAPPEL.version, acte=Acte(agent, plus_tard))


def test_a_text_that_changed_is_to_be_read_again(agent: Acteur) -> None:
    with pytest.raises(Interdit):
        reconnaitre_rappel("2020-1", acte=Acte(agent, MAINTENANT))
    assert not LectureRappel.objects.exists()


def test_whoever_changes_no_civil_status_has_nothing_to_read() -> None:
    national = acteur(creer_exploitation(le=MAINTENANT), le=MAINTENANT)
    assert get_rappel(national, le=MAINTENANT) is None
    with pytest.raises(NonHabilite):
        reconnaitre_rappel(RAPPEL.version, acte=Acte(national, MAINTENANT))
    with pytest.raises(NonHabilite):
        repondre_scenario("tiret", "corriger", acte=Acte(national, MAINTENANT))


def test_answers_are_all_kept_and_only_a_right_one_counts(agent: Acteur) -> None:
    assert not repondre_scenario("tiret", "renvoyer", acte=Acte(agent, MAINTENANT)).juste
    assert not any(e.faite for e in list_etapes(agent, le=MAINTENANT))
    assert repondre_scenario("tiret", "corriger", acte=Acte(agent, MAINTENANT)).juste
    assert [e.scenario.code for e in list_etapes(agent, le=MAINTENANT) if e.faite] == ["tiret"]
    assert list(ReponseScenario.objects.values_list("juste", flat=True)) == [False, True]
    dites = Entree.objects.filter(verbe=VerbeSensibilisation.REPONDRE_SCENARIO)
    assert [entree.faits["scenario"] for entree in dites] == ["tiret", "tiret"]
    assert not any("juste" in entree.faits for entree in dites)


@pytest.mark.parametrize(
    ("code", "reponse", "refus"), [("rien", "corriger", Introuvable), ("tiret", "rien", Interdit)]
)
def test_an_answer_that_does_not_exist(
    agent: Acteur, code: str, reponse: str, refus: type[Exception]
) -> None:
    with pytest.raises(refus):
        repondre_scenario(code, reponse, acte=Acte(agent, MAINTENANT))
    assert not ReponseScenario.objects.exists()


def test_nothing_stays_when_the_journal_fails(agent: Acteur) -> None:
    with mock.patch.object(journal, "inscrire", side_effect=DatabaseError):
        with pytest.raises(DatabaseError), transaction.atomic():
            reconnaitre_rappel(RAPPEL.version, acte=Acte(agent, MAINTENANT))
        with pytest.raises(DatabaseError), transaction.atomic():
            repondre_scenario("tiret", "corriger", acte=Acte(agent, MAINTENANT))
    assert not LectureRappel.objects.exists()
    assert not ReponseScenario.objects.exists()


@pytest.mark.parametrize("modele", [LectureRappel, ReponseScenario])
def test_what_was_read_or_answered_is_never_changed(
    agent: Acteur, modele: type[LectureRappel | ReponseScenario]
) -> None:
    reconnaitre_rappel(RAPPEL.version, acte=Acte(agent, MAINTENANT))
    repondre_scenario("tiret", "renvoyer", acte=Acte(agent, MAINTENANT))
    for change in (lambda: modele.objects.update(guichet=""), lambda: modele.objects.all().delete()):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_a_person_counts_once_whatever_the_account(agent: Acteur, compte: Compte) -> None:
    second = creer_agent(courriel="second@exemple.fr", le=MAINTENANT)
    lier_comptes(compte.id, second.id, acte=Acte(SYSTEME, MAINTENANT))
    autre = acteur(second, le=MAINTENANT)
    reconnaitre_rappel(RAPPEL.version, acte=Acte(autre, MAINTENANT))
    for code, pose in SCENARIOS.items():
        repondre_scenario(code, pose.juste.code, acte=Acte(agent, MAINTENANT))
    assert get_rappel(agent, le=MAINTENANT) is None
    assert all(e.faite for e in list_etapes(autre, le=MAINTENANT))
    personnes = list_personnes("099", le=MAINTENANT, guichets=["G0993"])
    (ligne,) = couvrir(personnes, guichets=["G0993"], acquis=get_acquis(personnes, le=MAINTENANT))
    assert (ligne.personnes, ligne.rappel, ligne.situations, ligne.restent) == (1, 1, 1, ())


def test_only_the_counters_asked_for(agent: Acteur) -> None:
    assert list_personnes("099", le=MAINTENANT, guichets=["G0001"]) == ()
    assert {p.guichet for p in list_personnes("099", le=MAINTENANT, guichets=None)} == {"G0993"}
    assert list_personnes("075", le=MAINTENANT, guichets=None) == ()


def test_nobody_without_a_right_is_asked_anything(agent: Acteur) -> None:
    sans = replace(agent, mandats=())
    assert get_rappel(sans, le=MAINTENANT) is None


@pytest.mark.parametrize(
    "texte",
    ["", "  ", "x" * 301, "Son numéro 1 84 12 76 451 089 46 est demandé."],
    ids=["", " ", "long", "NIR"],
)
def test_what_may_not_be_asked_is_not(texte: str) -> None:
    with pytest.raises(Interdit) as refus:
        lire_remarque(texte)
    assert refus.value.champ == "texte"
