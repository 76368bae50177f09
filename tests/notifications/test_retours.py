"""Bounces, read in a box or told by a provider: the address is marked, the attestation leaves by post."""

import base64
import json
import re
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
import time_machine
from click.testing import CliRunner
from django.db import OperationalError, connection
from django.test import Client
from procrastinate.contrib.django import app

from sne.attestations import tasks as attestations
from sne.cli.commandes.courriels import relever
from sne.journal.models import Entree
from sne.notifications import tasks
from sne.notifications.handlers import Reception, recevoir_retour
from sne.notifications.models import Message, Tentative
from sne.notifications.rules import Issue, jeton, jeton_de, lire_suivi
from sne.notifications.selectors import cle_des_jetons
from sne.registre.demande.models.personne import Personne
from sne.registre.joindre import tasks as registre
from sne.registre.lecture.selectors.fiche import get_fiche
from tests.cli.commandes import sne
from tests.notifications.factories import ADRESSE, MAINTENANT, preparer
from tests.notifications.serveurs import Boite
from tests.notifications.test_rules import rapport
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
SECRET = "prestataire:un-long-secret-partage"
DSN = """From: MAILER-DAEMON@mx.example.test
To: {a}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

The recipient address does not exist.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.test
Arrival-Date: Thu, 11 Apr 2024 10:00:00 +0200

Original-Recipient: rfc822;inconnu@example.test
Final-Recipient: rfc822; inconnu@example.test
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--B
Content-Type: message/rfc822

Message-ID: <{id}>
From: ne-pas-repondre@sne.example.test
To: inconnu@example.test
Subject: Attestation d'enregistrement

(contenu)
--B--
"""


def adresse_de(message: Message) -> str:
    return f"retour+{jeton(message.id, cle=cle_des_jetons())}@localhost"


def dsn(a: str, identifiant: str = "autre@ailleurs.test") -> bytes:
    return DSN.format(a=a, id=identifiant).encode()


def executer(tache: str, **arguments: Any) -> None:
    with time_machine.travel(f.MAINTENANT, tick=False):
        app.tasks[tache](**arguments)
    connection.check_constraints()


def reagir() -> None:
    """Run, as the journal's delivery would, what follows each entry of a message."""
    suites = {
        "PREPARER_MESSAGE": tasks.ENVOYER,
        "ENVOYER_MESSAGE": attestations.SUIVRE,
        "REJETER_MESSAGE": registre.INVALIDER_COURRIEL,
    }
    for entree in Entree.objects.filter(verbe__in=suites).order_by("inscrit_le", "id"):
        executer(
            suites[entree.verbe],
            entree_id=str(entree.id),
            demande_id=str(entree.demande),
            territoire="099",
            verbe=entree.verbe,
        )


@pytest.fixture
def attestation_envoyee(boite: Boite) -> Message:
    """The attestation of a registration, taken by a server that will send it back."""
    demandeur = f.personne(
        contact={"courriel": "Inconnu@example.test"},
        adresse_courrier=f.contenu().demandeur.adresse_courrier.model_dump(mode="json"),
    )
    recepisse = f.deposer(f.contenu(demandeur=demandeur))
    entree = Entree.objects.get(verbe="DEPOSER")
    executer(
        attestations.EMETTRE,
        entree_id=str(entree.id),
        demande_id=str(recepisse.demande_id),
        territoire="099",
        verbe="DEPOSER",
    )
    reagir()
    assert len(boite.recus) == 1
    return Message.objects.get()


def test_bounce_marks_the_address_and_makes_a_letter_at_the_next_run(
    attestation_envoyee: Message, var: Path
) -> None:
    depot = var / "retours"
    depot.mkdir()
    (depot / "1.eml").write_bytes(dsn(adresse_de(attestation_envoyee)))
    with time_machine.travel(f.MAINTENANT, tick=False):
        resultat = sne("courriels", "relever", str(depot), "--json")
    assert (resultat.code, resultat.json["notes"]) == (0, 1)
    reagir()
    personne = Personne.objects.get()
    assert (personne.courriel, personne.courriel_etat) == ("inconnu@example.test", "INVALIDE")
    faits = Entree.objects.get(verbe="INVALIDER_COURRIEL").faits
    assert faits == {"personnes": [str(personne.id)], "message": str(attestation_envoyee.id)}
    executer(tasks.DEPOSER_LETTRES, timestamp=0)
    (imprime,) = (var / "courriers").iterdir()
    assert len(list(imprime.glob("*.pdf"))) == 2
    reagir()
    reagir()
    assert Entree.objects.filter(verbe="INVALIDER_COURRIEL").count() == 1
    assert Message.objects.count() == 2
    fiche = get_fiche(personne.demande, f.creer_acteur())
    assert fiche.personnes[0].courriel_etat == "INVALIDE"


def test_forged_bounce_changes_nothing(attestation_envoyee: Message) -> None:
    faux = adresse_de(attestation_envoyee).replace("retour+", "retour+aaaa").replace("aaaa", "", 1)
    autre = jeton(attestation_envoyee.id, cle=b"autre cle" * 4)
    assert (
        recevoir_retour(dsn(f"retour+{autre}@localhost"), survenu_le=MAINTENANT) is Reception.JETON_INVALIDE
    )
    assert recevoir_retour(dsn("postmaster@localhost"), survenu_le=MAINTENANT) is Reception.JETON_INVALIDE
    assert faux == adresse_de(attestation_envoyee)
    assert Message.objects.get().etat == "ENVOYE"


def test_token_in_our_message_id_is_enough() -> None:
    message = preparer()
    identifiant = adresse_de(message).removeprefix("retour+")
    assert recevoir_retour(dsn("postmaster@localhost", identifiant), survenu_le=MAINTENANT) is Reception.NOTE
    assert jeton_de(f"<{identifiant}>") == jeton_de(identifiant) == identifiant.split("@")[0]
    assert jeton_de(None) == jeton_de("<x@y>") == ""


class TestRelever:
    """The operator's command."""

    def test_counts_each_kind_and_puts_what_it_read_away(self, var: Path) -> None:
        message = preparer(secours=ADRESSE)
        depot = var / "retours"
        depot.mkdir()
        for nom, octets in {
            "1.eml": dsn(adresse_de(message)),
            "2.eml": dsn(adresse_de(message)),
            "3.eml": rapport("failed", "5.1.1"),
            "4.eml": b"Subject: Absence\n\nEn conges\n",
            "5.txt": b"autre",
        }.items():
            (depot / nom).write_bytes(octets)
        resultat = sne("courriels", "relever", str(depot))
        assert resultat.code == 0
        assert re.search(r"^Retours notés +: 1$", resultat.sortie, re.MULTILINE)
        second = sne("courriels", "relever", str(depot), "--json")
        assert {nom: nombre for nom, nombre in second.json.items() if nombre} == {"lus": 1, "autres": 1}
        assert sorted(x.name for x in (depot / "traites").iterdir()) == ["1.eml", "2.eml", "3.eml"]
        assert Tentative.objects.count() == 1

    def test_one_that_cannot_be_read_stops_no_other(self, var: Path) -> None:
        """Anybody writes to this box; what an e-mail says may break the library that reads it."""
        message = preparer(secours=ADRESSE)
        depot = var / "retours"
        depot.mkdir()
        (depot / "1.eml").write_bytes(b'To: reponse+x@localhost, "\nFrom: a@exemple.fr\n\nBonjour\n')
        (depot / "2.eml").write_bytes(dsn(adresse_de(message)))
        lus = sne("courriels", "relever", str(depot), "--json").json
        assert {nom: nombre for nom, nombre in lus.items() if nombre} == {
            "lus": 2,
            "notes": 1,
            "illisibles": 1,
        }
        assert [x.name for x in depot.glob("*.eml")] == ["1.eml"]

    def test_a_database_that_is_away_is_of_no_e_mail(self, var: Path) -> None:
        depot = var / "retours"
        depot.mkdir()
        (depot / "1.eml").write_bytes(dsn("postmaster@localhost"))
        with mock.patch("sne.notifications.handlers.recevoir_retour", side_effect=OperationalError):
            resultat = CliRunner().invoke(relever, [str(depot)])
        assert isinstance(resultat.exception, OperationalError)
        assert [x.name for x in depot.glob("*.eml")] == ["1.eml"]

    def test_maildir(self, var: Path) -> None:
        message = preparer()
        for nom in ("new", "cur", "tmp"):
            (var / "Maildir" / nom).mkdir(parents=True)
        (var / "Maildir" / "new" / "1.mx").write_bytes(dsn(adresse_de(message)))
        assert sne("courriels", "relever", str(var / "Maildir"), "--json").json["notes"] == 1
        assert [x.name for x in (var / "Maildir" / "cur").iterdir()] == ["1.mx:2,S"]

    def test_folder_that_does_not_exist(self, var: Path) -> None:
        resultat = sne("courriels", "relever", str(var / "absent"))
        assert resultat.code == 2
        assert "n’existe pas" in resultat.erreur


@pytest.mark.parametrize(
    ("evenement", "motif", "reponse", "temporaire", "attendu"),
    [
        ("delivered", None, "250 2.0.0 ok", False, (Issue.DELIVRE, "2.0.0")),
        ("deferred", None, "451 4.2.2 full", False, (Issue.TEMPORAIRE, "4.2.2")),
        ("bounced", "bounced", "550 5.1.1 unknown", False, (Issue.PERMANENT, "5.1.1")),
        ("bounced", "bounced", None, True, (Issue.TEMPORAIRE, "")),
        ("bounced", "timed_out", "", False, (Issue.TEMPORAIRE, "")),
        ("bounced", "bounced", "452 4.2.2", False, (Issue.TEMPORAIRE, "4.2.2")),
        ("rejected", "blocked", "", False, (Issue.PERMANENT, "5.7.1")),
        ("opened", None, "", False, None),
        ("complained", "spam", "", False, None),
    ],
)
def test_words_of_a_provider(
    evenement: str,
    motif: str | None,
    reponse: str | None,
    temporaire: bool,
    attendu: tuple[Issue, str] | None,
) -> None:
    lu = lire_suivi(evenement, motif=motif, reponse=reponse, temporaire=temporaire)
    assert (lu and (lu.issue, lu.code)) == attendu


class TestSuivi:
    """The address of the provider: its secret or nothing, no session, no form."""

    @pytest.fixture(autouse=True)
    def prestataire(self, settings: Any) -> None:
        settings.SUIVI_PRESTATAIRE, settings.ANYMAIL = "brevo", {"WEBHOOK_SECRET": SECRET}

    def poster(self, message: Message, secret: str = SECRET, **autres: Any) -> int:
        identifiant = "<" + adresse_de(message).removeprefix("retour+") + ">"
        corps = {
            "event": "hard_bounce",
            "email": "x@y.test",
            "message-id": identifiant,
            "ts_epoch": 1,
            **autres,
        }
        entetes = {"Authorization": "Basic " + base64.b64encode(secret.encode()).decode()} if secret else {}
        client = Client(enforce_csrf_checks=True, headers=entetes)
        reponse = client.post("/courriels/suivi/brevo/", json.dumps(corps), content_type="application/json")
        message.refresh_from_db()
        return reponse.status_code

    def test_bounce_is_noted_once(self) -> None:
        message = preparer(secours=ADRESSE)
        assert [self.poster(message, reason="550 5.1.1 unknown") for _ in range(2)] == [200, 200]
        assert message.etat == "REJETE"
        assert Tentative.objects.get().code == "5.1.1"
        assert Message.objects.filter(canal="LETTRE").count() == 1

    def test_soft_bounce_waits(self) -> None:
        message = preparer()
        assert self.poster(message, event="soft_bounce") == 200
        assert message.etat == "DIFFERE"

    def test_what_a_reader_does_is_not_kept(self) -> None:
        message = preparer()
        assert self.poster(message, event="opened") == 200
        assert Tentative.objects.count() == 0

    def test_message_of_somebody_else_is_ignored(self) -> None:
        message = preparer()
        assert self.poster(message, **{"message-id": "<x@ailleurs.test>"}) == 200
        assert message.etat == "A_ENVOYER"

    @pytest.mark.parametrize("secret", ["", "prestataire:faux"])
    def test_without_its_secret_nothing(self, secret: str) -> None:
        message = preparer()
        assert self.poster(message, secret) == 400
        assert message.etat == "A_ENVOYER"

    @pytest.mark.parametrize("regle", ["", "postal"])
    def test_provider_that_is_not_set_does_not_exist(self, settings: Any, regle: str) -> None:
        settings.SUIVI_PRESTATAIRE = regle
        assert self.poster(preparer()) == 404
