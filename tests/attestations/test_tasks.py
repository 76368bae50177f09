"""The attestation that follows a registration: queued by the journal, issued once whatever happens."""

import threading
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.attestations import selectors, tasks
from sne.attestations.actions import emettre_attestation, traiter_attestation
from sne.attestations.models import Attestation, AttestationATraiter
from sne.attestations.rules import Modele
from sne.habilitations.rules import SYSTEME, Role
from sne.journal.handlers import distribuer
from sne.journal.models import Entree
from sne.socle.acte import Acte
from tests.attestations.test_actions import SANS_GLYPHE
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f
from tests.registre.vie.test_renouveler import deposee_le, renouveler

pytestmark = pytest.mark.django_db(transaction=True)


def taches() -> list[dict[str, Any]]:
    """Seal, dispatch, and give the arguments of the queued issues."""
    tout_sceller()
    distribuer()
    return list(
        ProcrastinateJob.objects.filter(task_name=tasks.EMETTRE).order_by("id").values_list("args", flat=True)
    )


def emettre(arguments: dict[str, Any]) -> None:
    """Run the task that the queue names, on the day of the tests."""
    with time_machine.travel(f.MAINTENANT, tick=False):
        app.tasks[tasks.EMETTRE](**arguments)


def test_registration_queues_one_issue_which_names_its_entry() -> None:
    recepisse = f.deposer()
    (arguments,) = taches()
    entree = Entree.objects.get(verbe="DEPOSER")
    assert arguments["demande_id"] == str(recepisse.demande_id)
    assert arguments["entree_id"] == str(entree.id)
    assert arguments["territoire"] == "099"
    assert taches() == [arguments]


def test_task_issues_once_however_often_it_runs() -> None:
    recepisse = f.deposer()
    (arguments,) = taches()
    for _ in range(2):
        emettre(arguments)
    emise = Attestation.objects.get()
    assert emise.demande_id == recepisse.demande_id
    assert str(emise.origine) == arguments["entree_id"]
    assert emise.emise_par["id"] == str(SYSTEME)
    assert emise.emise_par["role"] == "SERVICE_ATTESTATIONS"
    assert emise.canal == "SYSTEME"
    assert emise.date_delivrance == f.AUJOURD_HUI
    assert Entree.objects.filter(verbe="EMETTRE_ATTESTATION").count() == 1


def test_task_adds_nothing_to_what_the_counter_has_issued() -> None:
    recepisse = f.deposer()
    (arguments,) = taches()
    donnee = emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    emettre(arguments)
    assert Attestation.objects.get() == donnee


def test_task_queues_for_a_person_once_even_after_the_case_ended() -> None:
    f.deposer(f.contenu(demandeur=SANS_GLYPHE))
    (arguments,) = taches()
    emettre(arguments)
    emettre(arguments)
    cas = AttestationATraiter.objects.get()
    assert str(cas.origine) == arguments["entree_id"]
    responsable = f.creer_acteur(Role.RESPONSABLE_GUICHET)
    traiter_attestation(cas.id, suite="Remise", acte=Acte(responsable, f.MAINTENANT))
    emettre(arguments)
    assert AttestationATraiter.objects.count() == 1
    assert Attestation.objects.count() == 0


def test_renewal_queues_its_attestation_which_the_counter_may_have_given() -> None:
    fiche = deposee_le()
    agent = f.creer_acteur()
    renouveler(fiche, agent)
    depot, renouvellement = taches()
    assert (depot["verbe"], renouvellement["verbe"]) == ("DEPOSER", "RENOUVELER")
    for _ in range(2):
        emettre(renouvellement)
    emise = Attestation.objects.get()
    assert (emise.modele, emise.canal_prevu, emise.guichet) == ("RENOUVELLEMENT", "COURRIER", "G0993")
    assert emise.donnees["date_dernier_renouvellement"] == "2026-11-24"
    donnee = emettre_attestation(
        fiche.demande.id, acte=Acte(agent, f.MAINTENANT), modele=Modele.RENOUVELLEMENT
    )
    emettre(renouvellement)
    assert donnee == emise == Attestation.objects.get()


def test_service_acts_in_its_territory_alone() -> None:
    acteur = tasks.service_des_attestations("099")
    assert acteur.peut("ATTESTATION_EMETTRE", "099")
    assert not acteur.peut("ATTESTATION_EMETTRE", "02B")
    assert acteur.mandats[0].permissions == {"DEMANDE_LIRE", "ATTESTATION_EMETTRE"}


def test_issues_asked_at_the_same_time_give_one_attestation() -> None:
    recepisse = f.deposer()
    references: list[str] = []
    depart = threading.Barrier(6)

    def demander() -> None:
        depart.wait()
        try:
            emise = emettre_attestation(recepisse.demande_id, acte=Acte(f.creer_acteur(), f.MAINTENANT))
            references.append(emise.reference)
        finally:
            connections.close_all()

    fils = [threading.Thread(target=demander) for _ in range(6)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert len(references) == 6
    assert len(set(references)) == 1
    derniere = selectors.get_derniere(recepisse.demande_id, Modele.SIMPLIFIEE)
    assert derniere is not None
    assert derniere.reference == references[0]
    connection.check_constraints()
