"""A restored service opens again: sessions, rights, ways in, messages of the past serve no more."""

import json
import uuid
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from sne.cli import reprise
from sne.cli.reprise import Perdu, lire_perdu, rouvrir
from sne.cli.taches import list_suites
from sne.demandeurs.models import SessionDemandeur
from sne.habilitations.models import Habilitation
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.rules import Canal, Etat, Issue
from sne.notifications.selectors import list_a_envoyer
from sne.registre.vie.rules.horloge import EtapeHorloge
from sne.socle.horloge import maintenant
from tests.cli.commandes import sne
from tests.habilitations import factories as f
from tests.journal.test_journal import tout_sceller
from tests.notifications.factories import preparer
from tests.registre import factories as registre

pytestmark = pytest.mark.django_db


def test_nothing_of_the_past_serves_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "sne.cli.reprise.passer_l_horloge", lambda *_, **__: None
    )  # tests/registre/vie, and the drill
    depuis = maintenant()
    gardee, partie, changee = f.creer_agent(), f.creer_agent(), f.creer_agent()
    client = f.connecter(Client(), gardee)
    message = preparer(depuis)
    fini = Habilitation.objects.get(compte=partie)
    perdu = Perdu(frozenset({fini.id}), frozenset({changee.id}), frozenset({uuid.uuid4()}))
    faite = rouvrir(depuis, perdu)
    assert (faite.sessions, faite.habilitations, faite.acces, faite.messages) == (1, 1, 1, 1)
    assert (faite.effacees, faite.encore_la, faite.documents) == (1, [], 0)
    assert (Session.objects.count(), SessionDemandeur.objects.count()) == (0, 0)
    assert client.get(reverse("mon-compte")).status_code == 302
    fini.refresh_from_db()
    assert fini.fin is not None
    for compte in (gardee, changee):
        compte.refresh_from_db()
    assert (gardee.has_usable_password(), changee.has_usable_password()) == (True, False)
    lu = Message.objects.get(pk=message.pk)
    assert (lu.etat, lu.prochain_essai_le) == (Etat.DIFFERE, None)
    assert lu.tentatives.get().issue == Issue.INCERTAIN
    assert message.pk not in list_a_envoyer(le=maintenant() + timedelta(days=30), au_plus=10)
    [entree] = Entree.objects.filter(verbe="REPRENDRE_SERVICE")
    assert (entree.faits["sessions"], entree.faits["habilitations"]) == (1, 1)
    encore = rouvrir(depuis, perdu)
    assert (encore.sessions, encore.habilitations) == (0, 0)
    page = Client().get(reverse("jalons")).content.decode()
    assert "aucun jalon n’est commun" in page
    dites = Client().get(reverse("jalons-json")).json()["reprises"]
    assert [(r["etat_du"], r["dernier_jalon"]) for r in dites] == [(depuis.isoformat(), 0)] * 2


@pytest.mark.django_db(transaction=True)
def test_what_an_act_of_before_asks_for_is_made_and_never_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its attestation and its message were made, and sent, by the service that was lost: not a second time."""
    contact = {"courriel": "elodie@exemple.fr"}
    recepisse = registre.deposer(
        registre.contenu(demandeur=registre.personne(contact=contact)), le=maintenant()
    )
    cassee = SimpleNamespace(id=0, task_name="attestations.emettre", args={"entree_id": "rien"})
    suites = "sne.cli.reprise.list_suites"
    lire: Any = list_suites
    monkeypatch.setattr(suites, lambda: [cassee, *lire()])
    monkeypatch.setattr(reprise, "sceller", tout_sceller)  # another database of the server may delay a seal
    faite = rouvrir(maintenant(), Perdu())
    messages = Message.objects.filter(demande=recepisse.demande_id)
    courriels = [m for m in messages if m.canal == Canal.COURRIEL]
    assert any(m.genre == "ATTESTATION_SIMPLIFIEE" for m in courriels)
    assert {(m.etat, m.prochain_essai_le) for m in courriels} == {(Etat.DIFFERE, None)}
    assert list_a_envoyer(le=maintenant() + timedelta(days=30), au_plus=10) == ()
    assert faite.messages == len(courriels)
    assert faite.suites == 1, "the one that fails is left to the worker, and counted"


def test_it_waits_until_the_restored_base_takes_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not answer, then is still played, then is open."""
    monkeypatch.setattr(reprise, "PAS", 0)
    assert reprise.attendre_la_base(0)
    etats = iter([psycopg.OperationalError("the database system is starting up"), (True,), (False,)])

    def connecter(**_: object) -> Any:
        etat = next(etats)
        if isinstance(etat, Exception):
            raise etat
        fait = SimpleNamespace(execute=lambda _: SimpleNamespace(fetchone=lambda: etat))
        return nullcontext(fait)

    monkeypatch.setattr(psycopg, "connect", connecter)
    assert reprise.attendre_la_base(60)
    assert list(etats) == []


def test_a_base_that_does_not_open_is_told_and_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reprise, "_est_ouverte", lambda: False)
    fait = sne("base", "rouvrir", "--depuis", "2026-11-24T10:00:00+01:00", "--attendre", "0")
    assert (fait.code, "ne s’est pas ouverte en 0 s" in fait.erreur) == (1, True)
    assert not Entree.objects.filter(verbe="REPRENDRE_SERVICE").exists()


def test_a_night_between_the_instant_and_the_loss_is_passed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    passages: list[set[EtapeHorloge]] = []

    def noter(_le: Any, *, territoires: Any, sauf: Any) -> None:
        assert territoires == ("099",), "where there are demandes: an empty territory makes nobody wait"
        passages.append({*EtapeHorloge} - {*sauf})

    monkeypatch.setattr("sne.cli.reprise.passer_l_horloge", noter)
    midi = registre.MAINTENANT
    registre.deposer(le=midi)
    rouvrir(midi, Perdu(), jusqu_a=midi + timedelta(hours=6))
    assert passages == [{EtapeHorloge.PURGE}]
    rouvrir(midi, Perdu(), jusqu_a=midi + timedelta(hours=20))
    assert passages[1:] == [{EtapeHorloge.PURGE}, {*EtapeHorloge} - {EtapeHorloge.PURGE}]


def test_what_the_lost_journal_says_ended_is_read(tmp_path: Path) -> None:
    depuis, ids = maintenant(), [uuid.uuid4() for _ in range(6)]

    def ligne(verbe: str, faits: object, *, apres: float = 1, demande: uuid.UUID | None = None) -> str:
        instant = str(depuis.timestamp() + apres)
        return json.dumps(
            {
                "canonique": json.dumps(
                    ["id", "099", str(demande), 0, verbe, {}, faits, None, instant, instant, "e", "1"]
                )
            }
        )

    lignes = [
        ligne("RETIRER_HABILITATION", {"habilitation": str(ids[0])}),
        ligne("RETIRER_HABILITATION", {"habilitation": str(ids[1])}, apres=-1),
        ligne("CONSTATER_DEPART", {"habilitations": [str(ids[2])]}),
        ligne("MODIFIER_COMPTE", {"compte": str(ids[3])}),
        ligne("PURGER", {}, demande=ids[4]),
        ligne("CONSULTER", {}, demande=ids[5]),
    ]
    (tmp_path / "entrees-2026-11.jsonl").write_text("\n".join(lignes) + "\n")
    assert lire_perdu(tmp_path, depuis) == Perdu(
        frozenset({ids[0], ids[2]}), frozenset({ids[3]}), frozenset({ids[4]})
    )
