"""Prepare, note, fall back: success, once, and a journal failure that leaves nothing behind."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from sne.journal.models import Entree
from sne.notifications import selectors
from sne.notifications.actions import (
    engager_depot,
    engager_message,
    noter_retour,
    noter_tentative,
    preparer_message,
    relacher_lettre,
)
from sne.notifications.models import Message, Tentative
from sne.notifications.rules import Canal, Etat, Issue, MessageMalPrepare, Resultat
from sne.notifications.tasks import service_des_messages
from sne.socle.acte import Acte
from tests.notifications.factories import ADRESSE, CONTEXTE, MAINTENANT, preparer, projet

pytestmark = pytest.mark.django_db
ACCEPTE, PLUS_TARD = Resultat(Issue.ACCEPTE, "250", "ok"), Resultat(Issue.TEMPORAIRE, "4.2.2", "plein")
REFUS = Resultat(Issue.PERMANENT, "5.1.1", "inconnu")
ACTEUR = service_des_messages()


def noter(message: Message, resultat: Resultat, *, heures: float = 0) -> Etat | None:
    etat = noter_tentative(message.id, resultat, acte=Acte(ACTEUR, MAINTENANT + timedelta(hours=heures)))
    message.refresh_from_db()
    connection.check_constraints()
    return etat


def retour(message_id: uuid.UUID, resultat: Resultat, source: str = "s", *, heures: float = 0) -> Etat | None:
    le = MAINTENANT + timedelta(hours=heures)
    return noter_retour(message_id, resultat, source=source, acte=Acte(ACTEUR, le))


def faits(verbe: str) -> list[dict[str, Any]]:
    return [e.faits for e in Entree.objects.filter(verbe=verbe).order_by("inscrit_le", "id")]


class TestPreparer:
    """A message is written once for one event, one channel, one address."""

    def test_written_encrypted_and_told(self) -> None:
        message = preparer(revision=3, piece="essai:1", secours=ADRESSE)
        connection.check_constraints()
        (entree,) = Entree.objects.all()
        assert (entree.id, entree.verbe) == (message.entree, "PREPARER_MESSAGE")
        assert (entree.demande, entree.revision) == (message.demande, 3)
        assert entree.faits == {
            "message": str(message.id),
            "genre": "ATTESTATION_SIMPLIFIEE",
            "canal": "COURRIEL",
        }
        relu = Message.objects.get()
        for champ in ("destinataire", "contexte", "secours"):
            assert b"Dubreuil" not in bytes(getattr(relu, champ))
            assert b"exemple.fr" not in bytes(getattr(relu, champ))
        contenu = selectors.get_contenu(message.id)
        assert contenu is not None
        assert (contenu.destinataire, contenu.adresse) == ("elodie@exemple.fr", None)
        assert (contenu.contexte, contenu.piece) == (CONTEXTE, "essai:1")

    def test_act_on_no_revision_names_no_demande(self) -> None:
        preparer()
        connection.check_constraints()
        assert Entree.objects.get().demande is None

    def test_same_event_prepares_nothing_twice(self) -> None:
        voulu = projet()
        un, deux = (preparer_message(voulu, acte=Acte(ACTEUR, MAINTENANT)) for _ in range(2))
        assert un == deux
        assert Entree.objects.count() == Message.objects.count() == 1

    def test_another_address_channel_or_event_is_another_message(self) -> None:
        origine = uuid.uuid4()
        preparer(origine=origine)
        preparer(origine=origine, destinataire="autre@exemple.fr")
        preparer(origine=origine, canal=Canal.LETTRE, destinataire=ADRESSE)
        preparer()
        assert Message.objects.count() == 4

    def test_wrong_values_write_nothing(self) -> None:
        with pytest.raises(MessageMalPrepare):
            preparer(contexte={})
        assert Message.objects.count() == 0

    def test_journal_failure_leaves_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def tomber(*_: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("sne.notifications.actions.preparer.journal.inscrire", tomber)
        with pytest.raises(RuntimeError):
            preparer()
        assert Message.objects.count() == 0


class TestEngager:
    """The mark before the server is spoken to."""

    def test_marked_once_then_in_doubt(self) -> None:
        message = preparer()
        assert engager_message(message.id, survenu_le=MAINTENANT) is True
        assert engager_message(message.id, survenu_le=MAINTENANT) is False

    def test_neither_before_its_turn_nor_once_sent(self) -> None:
        message = preparer()
        assert engager_message(message.id, survenu_le=MAINTENANT - timedelta(minutes=1)) is None
        noter(message, ACCEPTE)
        assert engager_message(message.id, survenu_le=MAINTENANT) is None


class TestNoter:
    """What an attempt gave."""

    def test_accepted(self) -> None:
        message = preparer(revision=1)
        engager_message(message.id, survenu_le=MAINTENANT)
        assert noter(message, ACCEPTE) is Etat.ENVOYE
        assert (message.etat, message.essais, message.engage_le, message.prochain_essai_le) == (
            "ENVOYE",
            1,
            None,
            None,
        )
        (fait,) = faits("ENVOYER_MESSAGE")
        tentative = Tentative.objects.get()
        assert fait["tentative"] == str(tentative.id)
        suite = selectors.get_suite(tentative.entree)
        assert suite is not None
        assert (suite.message_id, suite.destinataire) == (message.id, "elodie@exemple.fr")

    def test_put_off_then_later_and_later(self) -> None:
        message = preparer()
        for heures, minutes in ((0, 5), (1, 20), (2, 60)):
            assert noter(message, PLUS_TARD, heures=heures) is Etat.DIFFERE
            assert message.prochain_essai_le == MAINTENANT + timedelta(hours=heures, minutes=minutes)
        assert len(faits("DIFFERER_MESSAGE")) == 3

    def test_third_temporary_failure_over_three_days_is_a_refusal(self) -> None:
        message = preparer(secours=ADRESSE)
        assert [noter(message, PLUS_TARD, heures=h) for h in (0, 40, 72)] == [
            Etat.DIFFERE,
            Etat.DIFFERE,
            Etat.REJETE,
        ]
        assert message.prochain_essai_le is None
        assert Message.objects.get(canal="LETTRE").remplace == message

    def test_our_own_server_down_is_never_a_refusal(self) -> None:
        message = preparer()
        for heures in (0, 50, 100, 150):
            assert noter(message, Resultat(Issue.INDISPONIBLE), heures=heures) is Etat.DIFFERE

    def test_refused_becomes_a_letter_with_the_same_words_and_file(self) -> None:
        message = preparer(secours=ADRESSE, piece="essai:1", revision=2)
        assert noter(message, REFUS) is Etat.REJETE
        lettre = Message.objects.get(canal="LETTRE")
        assert (lettre.remplace, lettre.origine, lettre.piece, lettre.revision) == (
            message,
            message.origine,
            "essai:1",
            2,
        )
        contenu = selectors.get_contenu(lettre.id)
        assert contenu is not None
        assert (contenu.adresse, contenu.destinataire, contenu.contexte) == (ADRESSE, "", CONTEXTE)
        assert len(faits("REJETER_MESSAGE")) == 1

    @pytest.mark.parametrize("efface", ["", "contexte"])
    def test_no_letter_without_address_or_words(self, efface: str) -> None:
        message = preparer(secours=ADRESSE if efface else None)
        if efface:
            Message.objects.update(**{efface: None})
        noter(message, REFUS)
        assert Message.objects.count() == 1

    def test_doubt_makes_one_letter_and_no_second_email(self) -> None:
        message = preparer(secours=ADRESSE)
        assert noter(message, Resultat(Issue.INCERTAIN)) is Etat.DIFFERE
        assert message.prochain_essai_le is None
        assert noter(message, REFUS) is Etat.REJETE
        assert Message.objects.filter(canal="LETTRE").count() == 1

    def test_refused_letter_makes_no_other(self) -> None:
        lettre = preparer(canal=Canal.LETTRE, destinataire=ADRESSE)
        noter(lettre, REFUS)
        assert Message.objects.count() == 1
        suite = selectors.get_suite(Tentative.objects.get().entree)
        assert suite is not None
        assert suite.destinataire == ""

    def test_outcome_that_changes_nothing_is_not_kept(self) -> None:
        message = preparer()
        noter(message, REFUS)
        assert noter(message, ACCEPTE) is None
        assert Tentative.objects.count() == 1


class TestRetour:
    """What comes back."""

    def test_bounce_is_kept_once(self) -> None:
        message = preparer(secours=ADRESSE)
        noter(message, ACCEPTE)
        assert [retour(message.id, REFUS) for _ in range(2)] == [Etat.REJETE, None]
        assert Tentative.objects.count() == 2
        assert Message.objects.filter(canal="LETTRE").count() == 1

    def test_delay_told_by_the_other_side_is_not_sent_again_by_us(self) -> None:
        message = preparer()
        noter(message, ACCEPTE)
        assert retour(message.id, PLUS_TARD, "1") is Etat.DIFFERE
        message.refresh_from_db()
        assert message.prochain_essai_le is None
        assert retour(message.id, PLUS_TARD, "2", heures=30) is Etat.DIFFERE
        assert retour(message.id, PLUS_TARD, "3", heures=80) is Etat.REJETE

    def test_delivered_then_refused_later(self) -> None:
        message = preparer()
        noter(message, ACCEPTE)
        livre = Resultat(Issue.DELIVRE)
        assert [
            retour(message.id, livre, "1"),
            retour(message.id, livre, "2"),
            retour(message.id, REFUS, "3"),
        ] == [
            Etat.DELIVRE,
            None,
            Etat.REJETE,
        ]

    def test_return_about_nothing_is_nothing(self) -> None:
        assert retour(uuid.uuid4(), REFUS) is None


class TestDepot:
    """Which letters a drop takes is written first."""

    def test_letters_go_to_one_drop_and_may_leave_it(self) -> None:
        lettres = [preparer(canal=Canal.LETTRE, destinataire=ADRESSE) for _ in range(3)]
        preparer()
        premier = engager_depot(survenu_le=MAINTENANT, au_plus=2)
        assert premier is not None
        assert selectors.list_lettres_du_depot(premier) == (lettres[0].id, lettres[1].id)
        second = engager_depot(survenu_le=MAINTENANT, au_plus=2)
        assert engager_depot(survenu_le=MAINTENANT, au_plus=2) is None
        assert {d for d, _ in selectors.list_depots_ouverts()} == {premier, second}
        relacher_lettre(lettres[0].id)
        assert selectors.list_lettres_du_depot(premier) == (lettres[1].id,)


class TestLire:
    """What the page of a file shows."""

    def test_newest_first_masked_with_their_attempts(self) -> None:
        demande = uuid.uuid4()
        courriel = preparer(demande_id=demande, secours=ADRESSE)
        noter(courriel, PLUS_TARD)
        noter(courriel, REFUS, heures=1)
        preparer(
            MAINTENANT + timedelta(hours=2), demande_id=demande, canal=Canal.SMS, destinataire="+33600000041"
        )
        efface = preparer(MAINTENANT + timedelta(hours=3), demande_id=demande)
        Message.objects.filter(id=efface.id).update(destinataire=None)
        lus = selectors.list_messages(demande, territoire="099")
        assert [(m.canal, m.adresse_masquee) for m in lus] == [
            ("COURRIEL", "adresse effacée"),
            ("SMS", "06\u00a0••\u00a0••\u00a0••\u00a041"),
            ("LETTRE", "99240 Les Ormeaux"),
            ("COURRIEL", "e•••••@exemple.fr"),
        ]
        assert [(t.issue, t.code) for t in lus[3].tentatives] == [
            ("PERMANENT", "5.1.1"),
            ("TEMPORAIRE", "4.2.2"),
        ]
        assert selectors.get_contenu(efface.id) is None
        assert selectors.list_messages(demande, territoire="02B") == ()

    @pytest.mark.parametrize("nombre", [1, 3])
    def test_two_queries_whatever_the_number(self, nombre: int, django_assert_num_queries: Any) -> None:
        demande = uuid.uuid4()
        for _ in range(nombre):
            noter(preparer(demande_id=demande), ACCEPTE)
        with django_assert_num_queries(2):
            assert len(selectors.list_messages(demande, territoire="099")) == nombre

    def test_an_erased_message_is_not_attempted(self) -> None:
        assert engager_message(uuid.uuid4(), survenu_le=MAINTENANT) is None

    def test_nothing_prepared_nothing_followed(self) -> None:
        assert selectors.get_message_prepare(uuid.uuid4()) is None
        assert selectors.get_suite(uuid.uuid4()) is None
