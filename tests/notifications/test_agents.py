"""Messages to professionals: written once with the act that asks, sent as those to households, said in words."""

import string
import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from functools import partial
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from sne.assistance.messages import MessageAssistance
from sne.collaboratif.messages import MessageCollaboratif
from sne.conventions.messages import MessageConvention
from sne.flux.messages import MessageFlux
from sne.infocentre.abonnements.messages import MessageAbonnement
from sne.journal.handlers import distribuer
from sne.journal.models import Entree
from sne.notifications import selectors, tasks
from sne.notifications.actions import (
    Pli,
    ecrire_a,
    effacer_messages_agents,
    engager_message,
    noter_retour,
    noter_tentative,
)
from sne.notifications.envois.pieces import Piece, fournir
from sne.notifications.models import MessageAgent, TentativeAgent
from sne.notifications.rendu import rediger
from sne.notifications.rules import (
    DANS_L_OBJET,
    DANS_LES_ENTETES,
    Canal,
    GenreAgent,
    Issue,
    Limites,
    MessageMalPrepare,
    Resultat,
)
from sne.notifications.tasks import service_des_messages
from sne.preuve.messages import MessagePreuve
from sne.registre.identite.messages import MessageIdentite
from sne.registre.vie.tasks import effacer_les_messages_anciens
from sne.socle.acte import Acte
from sne.suivi.messages import MessageSuivi
from tests.journal.test_journal import tout_sceller
from tests.notifications.factories import MAINTENANT
from tests.notifications.serveurs import REPONSES, Boite

SUIVIES = {
    "territoire": "Val-d’Aurette",
    "phrase": "1\u00a0habilitation se termine dans un mois, faute de connexion.",
    "lignes": "Camille Rousset, agent de guichet, G0993\nNadia Belkacem, agent de guichet, G0991",
    "suite": "Une connexion avant cette date suffit à la garder.",
    "lien": "http://localhost:8000/habilitations/",
}
DES_HABILITATIONS = {g for g in GenreAgent.tous().values() if g.modele.variables == SUIVIES.keys()}
ALERTEE = {
    "territoire": "Val-d’Aurette",
    "guichet": "CCAS d’Aurette-la-Ville (G0993)",
    "delai": " Une réponse est attendue avant le 1er décembre 2026.",
    "lien": "http://localhost:8000/suivi/alertes/1/",
}
AVISEE = {
    "territoire": "Val-d’Aurette",
    "rapport": "Tableau 06",
    "quoi": "L’envoi du mois d’octobre 2026 est en retard.",
    "suite": "Il partira dès que les données seront là.",
    "lien": "http://localhost:8000/infocentre/envois/1/",
}
DES_ABONNEMENTS = {g for g in GenreAgent.tous().values() if g.modele.variables == AVISEE.keys()}
DES_ESPACES = {
    "phrase": "Depuis votre dernière visite, dans vos espaces\u00a0:",
    "lignes": "2\u00a0sujets où vous avez écrit ont une réponse\n1\u00a0question attend une réponse",
    "lien": "http://localhost:8000/espaces/",
    "arreter": "http://localhost:8000/espaces/recevoir/",
}
CONTEXTES = {
    **dict.fromkeys(MessageCollaboratif, DES_ESPACES),
    **dict.fromkeys(DES_HABILITATIONS, SUIVIES),
    **dict.fromkeys(DES_ABONNEMENTS, AVISEE),
    MessageAssistance.TICKET_NOUVELLE: {
        "numero": "A-2026-000123",
        "phrase": "Inès Marceau vous a répondu.",
        "lien": "https://sne.exemple.fr/assistance/A-2026-000123/",
        "repondre_a": "reponse+abc@exemple.fr",
        "fil": "<assistance-1@exemple.fr>",
    },
    MessageConvention.ADRESSE_A_VERIFIER: {
        "editeur": "Aurette Habitat",
        "heures": "48",
        "lien": "https://ecole.exemple.fr/ecole/convention/x/",
    },
    MessageConvention.USAGE_INHABITUEL: {
        "editeur": "Aurette Habitat",
        "organisme": "CCAS d’Aurette-la-Ville",
        "constat": "Le 24/11/2026, demandes lues\u00a0: 12\u00a0000. Un jour ordinaire en compte 800.",
        "suite": "Si cet usage n’a pas d’explication, suspendez la convention ou révoquez ses clés.",
        "lien": "http://localhost:8000/conventions/1/",
    },
    MessageConvention.CLE_A_ECHOIR: {
        "editeur": "Aurette Habitat",
        "organisme": "CCAS d’Aurette",
        "prefixe": "k7f2abcd",
        "jours": "30",
        "fin": "24/12/2026",
    },
    MessageFlux.ABONNEMENT_SUSPENDU: {
        "editeur": "Aurette Habitat",
        "territoire": "099",
        "hote": "editeur.exemple.fr",
        "motif": "votre service ne répond plus",
    },
    MessageAbonnement.ABONNEMENT_EDITION: {
        "territoire": "Val-d’Aurette",
        "rapport": "Tableau 06, version 2",
        "perimetre": "Val-d’Aurette (099)",
        "periode": "d’octobre 2025 à septembre 2026",
        "filtres": "type d’organisme\u00a0: commune",
        "sceau": "scellement 1204, 28 novembre 2026 à 3\u00a0h\u00a012",
        "lignes": "38\u00a0lignes",
        "fragiles": "4\u00a0cases fragiles",
        "remarques": "Une remarque.",
        "piece": "Le fichier est joint à ce message.",
        "pourquoi": "Votre territoire est abonné à ce rapport.",
        "lien": "http://localhost:8000/infocentre/rapports/TB06/",
        "lien_abonnement": "http://localhost:8000/infocentre/envois/2/",
        "lien_rapport": "http://localhost:8000/infocentre/TB06/?lieu=territoire-099",
        "lien_arret": "http://localhost:8000/ne-plus-recevoir/abc/",
    },
    MessageIdentite.IDENTITES_A_DECIDER: {
        "territoire": "Val-d’Aurette",
        "nombre": "3\u00a0changements d’identité attendent votre décision",
        "depuis": "12 novembre 2026",
        "rappels": "2\u00a0depuis 2\u00a0jours ouvrés ou plus",
        "lien": "http://localhost:8000/identites/",
    },
    MessageIdentite.IDENTITES_SIGNALEES: {
        "territoire": "Val-d’Aurette",
        "nombre": "1\u00a0changement d’identité attend une décision",
        "depuis": "10 novembre 2026",
        "delai": "10\u00a0jours ouvrés ou plus",
    },
    MessagePreuve.JALON_DU_JOURNAL: {
        "jalon": "14",
        "entrees": "20250",
        "note": "registre.example/journal 14",
        "cle": "registre.example/journal-c74f20a3",
        "lien": "http://localhost:8000/journal/",
    },
    MessageSuivi.RECAPITULATIF: {
        "territoire": "Val-d’Aurette",
        "mois": "octobre 2026",
        "guichets": "38\u00a0guichets ont traité des demandes",
        "signales": "2\u00a0guichets sont signalés",
        "lien": "http://localhost:8000/suivi/recapitulatif/?mois=2026-10",
    },
    MessageSuivi.RECAPITULATIF_SANS_LECTEUR: {"territoire": "Val-d’Aurette", "mois": "octobre 2026"},
    **dict.fromkeys(
        (MessageSuivi.ALERTE_OUVERTE, MessageSuivi.ALERTE_RELANCEE, MessageSuivi.ALERTE_REPONDUE), ALERTEE
    ),
}
PLI = Pli(
    destinataire="gt@exemple.fr",
    genre=MessageIdentite.IDENTITES_A_DECIDER,
    contexte=CONTEXTES[MessageIdentite.IDENTITES_A_DECIDER],
    origine="identites:099:2026-11-24",
    limites=Limites(echecs=3, heures=72),
    compte_id=uuid.UUID(int=9),
    territoire="099",
)
ACTEUR = service_des_messages()
UN_JOUR = timedelta(days=1)


def ecrire(**autres: Any) -> bool:
    ecrit = ecrire_a(replace(PLI, **autres), acte=Acte(ACTEUR, MAINTENANT))
    connection.check_constraints()
    return ecrit


def envoyer(*, le: datetime = MAINTENANT) -> MessageAgent:
    """Send the only message that there is, as the worker would at that instant."""
    message = MessageAgent.objects.get()
    with time_machine.travel(le, tick=False):
        app.tasks[tasks.ENVOYER](entree_id=str(message.entree))
    connection.check_constraints()
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("genre", sorted(GenreAgent.tous().values()))
@pytest.mark.parametrize("demonstration", [False, True])
def test_every_kind_says_each_of_its_values(genre: GenreAgent, demonstration: bool) -> None:
    redige = rediger(genre, Canal.COURRIEL, CONTEXTES[genre], demonstration=demonstration)
    assert not {"{", "}"} & set(redige.objet + redige.texte + redige.html)
    for nom, valeur in CONTEXTES[genre].items():
        if nom in DANS_LES_ENTETES:
            assert valeur not in redige.texte
            continue
        assert valeur in redige.texte
        assert valeur.replace("\n", "<br>") in redige.html
    assert redige.objet.startswith("[DÉMONSTRATION]") is demonstration


def test_a_subject_names_neither_person_nor_file() -> None:
    assert set(GenreAgent.tous().values()) == set(CONTEXTES)
    for modele in (genre.modele for genre in CONTEXTES):
        assert {nom for _, nom, _, _ in string.Formatter().parse(modele.objet) if nom} <= DANS_L_OBJET
        assert modele.canaux == {Canal.COURRIEL}


@pytest.mark.django_db
class TestEcrire:
    """A message is written once for what asks, one kind, one address."""

    def test_written_encrypted_and_told(self) -> None:
        assert ecrire(piece="essai:1") is True
        (entree,), message = Entree.objects.all(), MessageAgent.objects.get()
        assert (entree.id, entree.verbe, entree.demande) == (message.entree, "ECRIRE_A_UN_AGENT", None)
        assert entree.faits == {"message": str(message.id), "genre": PLI.genre, "canal": "COURRIEL"}
        assert (message.compte, message.territoire) == (PLI.compte_id, "099")
        assert b"exemple.fr" not in bytes(message.destinataire or b"")
        assert b"Aurette" not in bytes(message.contexte or b"")
        contenu = selectors.get_contenu(message.id)
        assert contenu is not None
        assert (contenu.destinataire, contenu.contexte, contenu.nud) == ("gt@exemple.fr", PLI.contexte, "")
        assert (contenu.genre, contenu.piece) == (PLI.genre, "essai:1")

    def test_once_for_what_asks_kind_and_address(self) -> None:
        signalees = MessageIdentite.IDENTITES_SIGNALEES
        ecrits = [
            ecrire(),
            ecrire(),
            ecrire(destinataire="autre@exemple.fr"),
            ecrire(genre=signalees, contexte=CONTEXTES[signalees]),
            ecrire(origine="identites:099:2026-11-25"),
        ]
        assert ecrits == [True, False, True, True, True]
        assert MessageAgent.objects.count() == Entree.objects.count() == 4

    def test_wrong_values_write_nothing(self) -> None:
        with pytest.raises(MessageMalPrepare):
            ecrire(contexte={})
        assert MessageAgent.objects.count() == 0

    def test_journal_failure_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def tomber(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("sne.notifications.actions.ecrire_aux_agents.journal.inscrire", tomber)
        with pytest.raises(RuntimeError):
            ecrire()
        assert MessageAgent.objects.count() == 0


@pytest.mark.django_db
class TestEnvoyer:
    """The same pass as for households: at most once, again after a temporary failure, no letter."""

    def test_accepted_once_with_its_file(self, boite: Boite) -> None:
        tableau = "\ufeffGuichet;Taux\r\nCCAS d’Aurette;12,5\r\n".encode()
        fournir("essai", lambda reference, territoire: Piece(f"{reference}.csv", tableau, "text/csv"))
        ecrire(piece="essai:tableau")
        assert [envoyer().etat for _ in range(2)] == ["ENVOYE", "ENVOYE"]
        (recu,) = boite.recus
        assert recu.rcpt_tos == ["gt@exemple.fr"]
        (joint,) = message_from_bytes(bytes(recu.content or b""), policy=policy.default).iter_attachments()
        assert (joint.get_filename(), joint.get_content_type()) == ("tableau.csv", "text/csv")
        assert joint.get_payload(decode=True) == tableau
        tentative = TentativeAgent.objects.get()
        assert (tentative.issue, str(tentative)) == ("ACCEPTE", f"{tentative.id} ACCEPTE")
        assert selectors.get_suite(tentative.entree) is None  # no household follows it

    def test_put_off_is_sent_in_its_turn(self, boite: Boite, monkeypatch: pytest.MonkeyPatch) -> None:
        ecrire(destinataire="plus-tard@exemple.fr")
        assert envoyer().etat == "DIFFERE"
        monkeypatch.setitem(REPONSES, "plus-tard@exemple.fr", "250 OK")
        with time_machine.travel(MAINTENANT + timedelta(minutes=6), tick=False):
            assert app.tasks[tasks.REPRENDRE](timestamp=0) == 1
        assert MessageAgent.objects.get().etat == "ENVOYE"
        assert len(boite.recus) == 1

    def test_refused_ends_there(self, boite: Boite) -> None:
        ecrire(destinataire="inconnu@exemple.fr")
        assert envoyer().etat == "REJETE"
        assert selectors.list_a_envoyer(le=MAINTENANT + timedelta(days=9), au_plus=9) == ()

    def test_in_doubt_it_is_never_sent_again(self, boite: Boite) -> None:
        ecrire()
        engager_message(MessageAgent.objects.get().id, survenu_le=MAINTENANT)
        message = envoyer()
        assert (message.etat, message.prochain_essai_le, boite.recus) == ("DIFFERE", None, [])

    def test_third_temporary_failure_over_three_days_is_a_refusal(self) -> None:
        ecrire()
        message, plus_tard = MessageAgent.objects.get(), Resultat(Issue.TEMPORAIRE, "4.2.2", "plein")
        etats = [
            noter_tentative(message.id, plus_tard, acte=Acte(ACTEUR, MAINTENANT + timedelta(hours=heures)))
            for heures in (0, 40, 72)
        ]
        assert etats == ["DIFFERE", "DIFFERE", "REJETE"]

    def test_bounce_is_kept_once_and_erased_is_nothing(self) -> None:
        ecrire()
        message, refus = MessageAgent.objects.get(), Resultat(Issue.PERMANENT, "5.1.1", "inconnu")
        retours = [
            noter_retour(message.id, refus, source="s", acte=Acte(ACTEUR, MAINTENANT)) for _ in range(2)
        ]
        assert retours == ["REJETE", None]
        assert noter_tentative(uuid.uuid4(), refus, acte=Acte(ACTEUR, MAINTENANT)) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "ordre",
    [
        "DELETE FROM message_agent",
        "UPDATE message_agent SET origine = origine",
        "UPDATE message_agent_tentative SET code = code",
        "UPDATE message_agent SET contexte = '\\x00'",
        "UPDATE message_agent SET etat = 'DELIVRE'",
        "INSERT INTO message_agent_tentative (id, territoire, message_id, entree, issue, code, texte, source, "
        "survenu_le) SELECT gen_random_uuid(), territoire, id, gen_random_uuid(), 'ACCEPTE', '', '', '', now() "
        "FROM message_agent",
    ],
)
def test_the_database_refuses_what_no_entry_tells_and_what_changes(ordre: str) -> None:
    ecrire()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as curseur:
        curseur.execute(ordre)
        connection.check_constraints()


@pytest.mark.django_db
def test_what_was_written_can_be_erased_and_is_then_not_sent(boite: Boite) -> None:
    ecrire()
    MessageAgent.objects.update(contexte=None, destinataire=None)
    assert (envoyer().etat, boite.recus) == ("A_ENVOYER", [])
    assert str(MessageAgent.objects.get()) == "IDENTITES_A_DECIDER (identites:099:2026-11-24)"


@pytest.mark.django_db(transaction=True)
def test_sealed_message_queues_its_sending() -> None:
    ecrire()
    tout_sceller()
    distribuer()
    (arguments,) = ProcrastinateJob.objects.filter(task_name=tasks.ENVOYER).values_list("args", flat=True)
    assert arguments["entree_id"] == str(MessageAgent.objects.get().entree)


@pytest.mark.django_db
def test_kept_for_a_time_then_deleted_while_the_journal_goes_on_proving(boite: Boite) -> None:
    """The older one goes whole, attempts included; the other one, its words and every entry stay."""
    ecrire()
    envoyer()
    ancien = MessageAgent.objects.get()
    ecrire_a(replace(PLI, origine="identites:099:2026-11-25"), acte=Acte(ACTEUR, MAINTENANT + UN_JOUR))
    dites = list(Entree.objects.order_by("id").values_list("verbe", flat=True))
    effacer = partial(effacer_messages_agents, avant=MAINTENANT + UN_JOUR, au_plus=1)
    assert [effacer(), effacer()] == [1, 0]
    connection.check_constraints()
    assert MessageAgent.objects.get().contexte is not None
    assert not TentativeAgent.objects.exists()
    assert list(Entree.objects.order_by("id").values_list("verbe", flat=True)) == dites
    assert {"ECRIRE_A_UN_AGENT", "ENVOYER_MESSAGE"} <= set(dites)
    app.tasks[tasks.ENVOYER](entree_id=str(ancien.entree))  # late: finds nothing, sends nothing
    assert len(boite.recus) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("jour", "reste"), [(date(2027, 11, 24), True), (date(2027, 11, 25), False)])
def test_the_daily_pass_deletes_after_the_dated_time(jour: date, *, reste: bool) -> None:
    ecrire()
    effacer_les_messages_anciens(jour)
    assert MessageAgent.objects.exists() is reste


@pytest.mark.django_db
def test_the_database_deletes_in_no_other_way() -> None:
    ecrire()
    envoyer()
    with pytest.raises(DatabaseError), transaction.atomic():
        TentativeAgent.objects.all().delete()
