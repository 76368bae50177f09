"""What is told when a demande is put back: to each household its own demande, and nothing of the other."""

import uuid
from datetime import timedelta
from unittest import mock

import pytest
import time_machine
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.attestations import tasks as attestations
from sne.attestations.models import Attestation
from sne.journal import handlers
from sne.journal.handlers import abonnes, distribuer
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.avis.tasks import avertir
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.demande.selectors import etat
from sne.registre.demande.verbes import VerbeDemande
from sne.registre.enquete.models.restauration import DecisionRestauration
from sne.registre.restauration import tasks
from sne.registre.restauration.actions import expedier as expedier_retour
from sne.registre.restauration.verbes import VerbeRestauration
from sne.socle.acte import Acte
from sne.socle.templatetags.socle_tags import date_longue, numero
from tests.journal.test_journal import tout_sceller
from tests.registre import factories as f
from tests.registre.restauration.detournements import VOL, actuel, deposer_elodie, retablir, voler
from tests.registre.separation.separations import deposer_couple, separer_puis_heriter

pytestmark = pytest.mark.django_db


def reagir() -> None:
    """What the journal's delivery does with it, twice."""
    with time_machine.travel(f.MAINTENANT, tick=False):
        for _ in range(2):
            for entree in Entree.objects.filter(verbe="RESTAURER"):
                tasks.annoncer_retour(
                    entree_id=str(entree.id), demande_id=str(entree.demande), territoire="099"
                )
    connection.check_constraints()


def dits(demande: Demande) -> list[tuple[str, str, str, dict[str, str]]]:
    """(kind, channel, address, values) of each message to this household."""
    lus = [(m.genre, get_contenu(m.id)) for m in Message.objects.filter(demande=demande.id).order_by("genre")]
    return [
        (genre, str(lu.canal), str(lu.adresse or lu.destinataire), dict(lu.contexte))
        for genre, lu in lus
        if lu is not None
    ]


def test_the_register_and_the_attestations_listen() -> None:
    ecoutent = {a.tache for a in abonnes() if VerbeRestauration.RESTAURER in a.verbes}
    assert {tasks.ANNONCER_RETOUR, attestations.REVOIR} <= ecoutent


@pytest.mark.django_db(transaction=True)
def test_an_interface_is_told_of_each_version_put_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever follows the journal to keep its own copy: which demande, which version of it, and where it reads it."""
    monkeypatch.setattr(handlers, "_ABONNES", {})
    suivis = {VerbeDemande.DEPOSER, VerbeDemande.MODIFIER, VerbeRestauration.RESTAURER}
    handlers.abonner("interface", verbes=suivis, tache=tasks.ANNONCER_RETOUR)
    demande = deposer_elodie()
    juste = actuel(demande.id)
    voler(demande.id)
    nouvelle = Demande.objects.get(nud=retablir(demande.id).nouvelle)
    voler(demande.id, le=f.MAINTENANT)
    retablir(demande.id, vers=3, a_part=False)
    tout_sceller()
    distribuer()
    dites = [tache.args for tache in ProcrastinateJob.objects.order_by("id")]
    assert sorted((d["demande_id"], d["revision"], d["verbe"]) for d in dites) == sorted(
        [
            (str(demande.id), 1, "DEPOSER"),
            (str(demande.id), 2, "MODIFIER"),
            (str(demande.id), 3, "RESTAURER"),
            (str(nouvelle.id), 1, "DEPOSER"),
            (str(demande.id), 4, "MODIFIER"),
            (str(demande.id), 5, "RESTAURER"),
        ]
    )
    for dite in dites:
        if dite["verbe"] == "RESTAURER":
            assert etat.get_contenu(demande.id, dite["revision"], acteur=f.creer_acteur()) == juste


def test_each_household_is_told_of_its_own_demande() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    nouvelle = Demande.objects.get(nud=retablir(demande.id).nouvelle)
    reagir()
    ((genre, canal, ou, contexte),) = dits(demande)
    assert (genre, canal) == ("DEMANDE_RETABLIE", "LETTRE")  # nobody verified that address
    assert "DUBREUIL" in ou.upper()
    assert contexte["numero"] == numero(demande.nud)
    assert contexte["depuis"] == date_longue(demande.date_anciennete)
    ((genre, canal, ou, autre),) = dits(nouvelle)
    assert (genre, canal, ou) == ("DEMANDE_A_PART", "COURRIEL", "karl@rare.example")
    assert (autre["numero"], autre["depuis"]) == (numero(nouvelle.nud), date_longue(VOL.date()))
    for mien, sien in ((contexte, autre), (autre, contexte)):
        assert sien["numero"] not in str(mien)


def test_a_seniority_given_back_with_it_is_told() -> None:
    quittee = deposer_couple()
    nouvelle = separer_puis_heriter(quittee)
    retablir(nouvelle.id, a_part=False, anciennete=True)
    reagir()
    contexte = dits(nouvelle)[-1][3]
    assert (contexte["depuis"], contexte["anciennete_rendue"]) == (date_longue(nouvelle.date_depot), "oui")


def test_the_notice_of_the_change_itself_takes_the_place_of_neither() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    retablir(demande.id, a_part=False)
    entree = Entree.objects.get(verbe="RESTAURER")
    with time_machine.travel(f.MAINTENANT, tick=False):
        avertir(entree_id=str(entree.id), demande_id=str(demande.id), revision=3, territoire="099")
    assert Message.objects.exists()
    reagir()
    assert Message.objects.filter(genre="DEMANDE_RETABLIE").count() == 1


def test_without_another_household_one_message_leaves() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    retablir(demande.id, a_part=False)
    reagir()
    assert Message.objects.count() == 1


def test_an_entry_that_puts_nothing_back_tells_nothing() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    retablir(demande.id)
    acteur = service_du_registre("099")
    assert expedier_retour.expedier_retour(uuid.uuid4(), acte=Acte(acteur, f.MAINTENANT)) == 0


def test_an_erased_demande_is_told_nothing() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    retablir(demande.id, a_part=False)
    decision = DecisionRestauration.objects.select_related("demande").get()
    decision.demande = Demande(id=demande.id, territoire="099", statut="PURGEE")
    acteur = service_du_registre("099")
    with mock.patch.object(expedier_retour, "_decision", return_value=decision):
        assert expedier_retour.expedier_retour(uuid.uuid4(), acte=Acte(acteur, f.MAINTENANT)) == 0
    assert not Message.objects.exists()


def test_the_attestation_says_who_holds_the_demande_again() -> None:
    demande = deposer_elodie()
    voler(demande.id)
    with time_machine.travel(f.MAINTENANT + timedelta(hours=1), tick=False):
        depot = Entree.objects.get(verbe="DEPOSER", demande=demande.id)
        attestations.emettre(
            entree_id=str(depot.id), demande_id=str(demande.id), territoire="099", verbe="DEPOSER"
        )
        retablir(demande.id)
        retour = Entree.objects.get(verbe="RESTAURER")
        attestations.revoir(
            entree_id=str(retour.id), demande_id=str(demande.id), territoire="099", revision=retour.revision
        )
    remplacee, nouvelle = Attestation.objects.filter(demande_id=demande.id).order_by("id")
    assert (remplacee.revision, nouvelle.revision) == (2, 3)
