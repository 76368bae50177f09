"""The sending: once to a server that accepted, again to one that put off, a letter to who cannot be reached."""

import csv
import io
import threading
import uuid
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.journal.handlers import distribuer
from sne.notifications import tasks
from sne.notifications.actions import engager_depot, engager_message, noter_tentative
from sne.notifications.envois.courriels import Smtp
from sne.notifications.envois.pieces import Piece, PieceIndisponible, fournir
from sne.notifications.models import Message, Tentative
from sne.notifications.rules import AdressePostale, Canal, lire_jeton
from sne.notifications.selectors import cle_des_jetons
from sne.socle.acte import Acte
from sne.socle.verrous import seul
from tests.journal.test_journal import tout_sceller
from tests.notifications.factories import ADRESSE, MAINTENANT, preparer
from tests.notifications.serveurs import REPONSES, Boite

pytestmark = pytest.mark.django_db(transaction=True)
PDF = b"%PDF-1.7 essai"


@pytest.fixture(autouse=True)
def pieces() -> None:
    """Files of the tests: ``essai:…`` always, ``panne:…`` never."""

    def manquer(reference: str, territoire: str) -> Piece:
        raise PieceIndisponible("La pièce manque")

    fournir("essai", lambda reference, territoire: Piece(f"{reference}.pdf", PDF))
    fournir("panne", manquer)


def executer(tache: str, *, le: datetime = MAINTENANT, **arguments: Any) -> Any:
    """Run a task as the worker would, at that instant."""
    with time_machine.travel(le, tick=False):
        resultat = app.tasks[tache](**arguments)
    connection.check_constraints()
    return resultat


def envoyer(message: Message, *, le: datetime = MAINTENANT) -> str:
    """Send the message that its entry prepared; its state afterwards."""
    executer(tasks.ENVOYER, le=le, entree_id=str(message.entree), demande_id=None)
    message.refresh_from_db()
    return message.etat


def reprendre(*, heures: float = 0) -> int:
    return int(executer(tasks.REPRENDRE, le=MAINTENANT + timedelta(hours=heures), timestamp=0))


def deposer(*, heures: float = 1) -> int:
    return int(executer(tasks.DEPOSER_LETTRES, le=MAINTENANT + timedelta(hours=heures), timestamp=0))


def issues() -> list[str]:
    return list(Tentative.objects.order_by("survenu_le", "id").values_list("issue", flat=True))


def depots(var: Path) -> list[list[dict[str, str]]]:
    """The index of each drop of the print folder."""
    dossiers = sorted((var / "courriers").glob("2*"))
    return [list(csv.DictReader(io.StringIO((d / "index.csv").read_text()), delimiter=";")) for d in dossiers]


def test_sealed_message_queues_its_sending() -> None:
    message = preparer()
    tout_sceller()
    distribuer()
    (arguments,) = ProcrastinateJob.objects.filter(task_name=tasks.ENVOYER).values_list("args", flat=True)
    assert arguments["entree_id"] == str(message.entree)


def test_accepted_once_however_often_it_runs(boite: Boite) -> None:
    message = preparer(piece="essai:attestation", secours=ADRESSE)
    assert [envoyer(message) for _ in range(2)] == ["ENVOYE", "ENVOYE"]
    assert reprendre(heures=100) == 0
    (recu,) = boite.recus
    assert recu.mail_from is not None
    jeton = recu.mail_from.removeprefix("retour+").split("@")[0]
    assert lire_jeton(jeton, cle=cle_des_jetons()) == message.id
    assert issues() == ["ACCEPTE"]
    assert Message.objects.count() == 1


def test_entry_of_no_message_sends_nothing(boite: Boite) -> None:
    executer(tasks.ENVOYER, entree_id=str(uuid.uuid4()))
    assert boite.recus == []


def test_put_off_is_sent_in_its_turn(boite: Boite, monkeypatch: pytest.MonkeyPatch) -> None:
    message = preparer(destinataire="plus-tard@exemple.fr")
    assert envoyer(message) == "DIFFERE"
    assert envoyer(message) == "DIFFERE"  # not its turn
    assert reprendre(heures=0.05) == 0
    monkeypatch.setitem(REPONSES, "plus-tard@exemple.fr", "250 OK")
    assert reprendre(heures=0.1) == 1
    message.refresh_from_db()
    assert message.etat == "ENVOYE"
    assert issues() == ["TEMPORAIRE", "ACCEPTE"]
    assert len(boite.recus) == 1


def test_refused_becomes_a_letter_at_the_next_run(boite: Boite, var: Path) -> None:
    message = preparer(destinataire="inconnu@exemple.fr", secours=ADRESSE, piece="essai:attestation")
    assert envoyer(message) == "REJETE"
    assert deposer() == 1
    assert deposer(heures=2) == 0
    ((feuille, piece),) = depots(var)
    assert [feuille["adresse_1"], feuille["adresse_3"]] == ["Élodie Dubreuil", "99240 Les Ormeaux"]
    assert (feuille["rang"], piece["rang"]) == ("1", "2")
    dossier = next((var / "courriers").glob("2*"))
    assert (dossier / feuille["fichier"]).read_bytes().startswith(b"%PDF-")
    assert (dossier / piece["fichier"]).read_bytes() == PDF
    assert Message.objects.get(canal="LETTRE").etat == "ENVOYE"
    assert envoyer(message) == "REJETE"


def test_crash_between_acceptance_and_record_never_sends_twice(
    boite: Boite, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = preparer(secours=ADRESSE)

    def tuer(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as coupure, pytest.raises(KeyboardInterrupt):
        coupure.setattr(tasks, "noter_tentative", tuer)
        envoyer(message)
    assert len(boite.recus) == 1
    assert envoyer(message) == "DIFFERE"
    assert reprendre(heures=100) == 0
    assert len(boite.recus) == 1
    assert issues() == ["INCERTAIN"]
    assert deposer() == 1  # the household has its attestation, whatever the server did
    assert len(depots(var)) == 1


def test_server_away_is_tried_again(settings: Any, boite: Boite) -> None:
    bonne, settings.SMTP_URL = settings.SMTP_URL, "smtp://127.0.0.1:1"
    message = preparer(secours=ADRESSE)
    assert envoyer(message) == "DIFFERE"
    settings.SMTP_URL = bonne
    assert reprendre(heures=1) == 1
    assert (issues(), len(boite.recus)) == (["INDISPONIBLE", "ACCEPTE"], 1)
    assert Message.objects.count() == 1


def test_file_that_cannot_be_made_waits_without_a_doubt(boite: Boite) -> None:
    message = preparer(piece="panne:1")
    assert envoyer(message) == "DIFFERE"
    assert message.engage_le is None
    assert Tentative.objects.get().texte == "La pièce manque"
    assert boite.recus == []


def test_somebody_else_is_at_it(boite: Boite, monkeypatch: pytest.MonkeyPatch) -> None:
    message = preparer()
    dedans, sortir = threading.Event(), threading.Event()
    vrai = Smtp.envoyer

    def lentement(self: Smtp, courriel: Any) -> Any:
        dedans.set()
        sortir.wait(10)
        return vrai(self, courriel)

    monkeypatch.setattr(Smtp, "envoyer", lentement)

    def un() -> None:
        try:
            app.tasks[tasks.ENVOYER](entree_id=str(message.entree))
        finally:
            connections.close_all()

    fil = threading.Thread(target=un)
    with time_machine.travel(MAINTENANT, tick=False):
        fil.start()
        assert dedans.wait(10)
        app.tasks[tasks.ENVOYER](entree_id=str(message.entree))
        app.tasks[tasks.REPRENDRE](timestamp=0)
        sortir.set()
        fil.join()
    assert (len(boite.recus), issues()) == (1, ["ACCEPTE"])


def test_sms_goes_to_the_simulator(var: Path) -> None:
    message = preparer(canal=Canal.SMS, destinataire="+33600000041")
    assert envoyer(message) == "ENVOYE"
    assert (var / "sms" / f"{message.id}.txt").read_text().startswith("+33600000041\nVotre demande")


def test_letter_waits_for_the_run_of_letters(var: Path) -> None:
    lettre = preparer(canal=Canal.LETTRE, destinataire=ADRESSE)
    assert envoyer(lettre) == "A_ENVOYER"
    assert deposer(heures=0) == 1
    assert envoyer(lettre) == "ENVOYE"


def test_erased_message_is_not_sent(boite: Boite) -> None:
    message = preparer()
    lettre = preparer(canal=Canal.LETTRE, destinataire=ADRESSE)
    Message.objects.update(destinataire=None)
    assert envoyer(message) == "A_ENVOYER"
    assert deposer() == 0
    assert boite.recus == []
    assert Tentative.objects.get(message=lettre).texte == "Adresse effacée"


def test_letter_that_cannot_be_composed_lets_the_others_go(var: Path) -> None:
    preparer(canal=Canal.LETTRE, destinataire=AdressePostale(("山田", "99240 Les Ormeaux")))
    preparer(canal=Canal.LETTRE, destinataire=ADRESSE, piece="panne:1")
    preparer(canal=Canal.LETTRE, destinataire=ADRESSE)
    assert deposer() == 1
    assert sorted(issues()) == ["ACCEPTE", "INDISPONIBLE", "INDISPONIBLE"]
    assert Message.objects.filter(etat="DIFFERE", depot=None).count() == 2


def test_drop_cut_short_is_taken_up_again(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed once the folder is there and nothing is told: the next run tells, and prints nothing twice."""
    for _ in range(2):
        preparer(canal=Canal.LETTRE, destinataire=ADRESSE)

    def tuer(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as coupure, pytest.raises(KeyboardInterrupt):
        coupure.setattr(tasks, "noter_tentative", tuer)
        deposer()
    assert len(depots(var)) == 1
    assert deposer(heures=2) == 2
    assert [len(index) for index in depots(var)] == [2]
    assert issues() == ["ACCEPTE", "ACCEPTE"]


def test_drop_that_only_marked_its_letters_is_made(var: Path) -> None:
    preparer(canal=Canal.LETTRE, destinataire=ADRESSE)
    engager_depot(survenu_le=MAINTENANT, au_plus=5)
    assert deposer() == 1
    assert len(depots(var)) == 1


def test_one_run_of_letters_at_a_time() -> None:
    preparer(canal=Canal.LETTRE, destinataire=ADRESSE)
    pris, rendre = threading.Event(), threading.Event()

    def tenir() -> None:
        try:
            with seul(f"messages:{tasks.DEPOSER_LETTRES}"):
                pris.set()
                rendre.wait(10)
        finally:
            connections.close_all()

    fil = threading.Thread(target=tenir)
    fil.start()
    assert pris.wait(10)
    assert deposer() == 0
    rendre.set()
    fil.join()
    assert deposer() == 1


def test_message_taken_back_while_it_was_composed_is_not_sent(
    boite: Boite, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = preparer()
    composer = tasks.composer

    def pendant(contenu: Any) -> Any:
        noter_tentative(
            message.id,
            tasks.Resultat(tasks.Issue.PERMANENT),
            acte=Acte(tasks.service_des_messages(), MAINTENANT),
        )
        return composer(contenu)

    monkeypatch.setattr(tasks, "composer", pendant)
    assert envoyer(message) == "REJETE"
    assert boite.recus == []
    assert engager_message(message.id, survenu_le=MAINTENANT) is None


def test_letter_that_the_provider_cannot_take_goes_with_another_drop(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lettre = preparer(canal=Canal.LETTRE, destinataire=ADRESSE)

    class Absent:
        def deposer(self, depot: uuid.UUID, lettres: Any, *, survenu_le: datetime) -> Any:
            return {x.id: tasks.Resultat(tasks.Issue.INDISPONIBLE) for x in lettres}

    with monkeypatch.context() as panne:
        panne.setattr(tasks, "port_lettre", Absent)
        assert deposer() == 0
    lettre.refresh_from_db()
    assert (lettre.etat, lettre.depot) == ("DIFFERE", None)
    assert deposer(heures=2) == 1
