"""Work lists are kept by one mechanism, from one table of verbs; what is due is read in the rows, none is forgotten."""

import re
import uuid

import pytest
from django.db import connection, transaction

from sne.journal.rules import Verbe
from sne.notifications.verbes import VerbeMessage
from sne.registre.attente.actions import placer
from sne.registre.attente.models import Attente
from sne.registre.attente.rules import NatureAttente, mouvements
from sne.registre.attente.selectors import Ecart, list_ecarts
from sne.registre.avis.verbes import VerbeAvis
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import EtatCourriel
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.depot.verbes import VerbeDepot
from sne.registre.enquete.verbes import VerbeEnquete
from sne.registre.faits.verbes import VerbeFait
from sne.registre.identite.verbes import VerbeIdentite
from sne.registre.joindre.actions.invalider_courriel import invalider_courriel
from sne.registre.joindre.attentes import AttenteJoindre
from sne.registre.modification.verbes import VerbeModification
from sne.registre.vie.verbes import VerbeVie
from sne.socle.acte import Acte
from sne.socle.gardes import gardes_declarees
from tests.registre import factories as f
from tests.registre.attente.test_attentes import ADRESSE, OUVERTURES, deposer

pytestmark = pytest.mark.django_db
SANS_EFFET = frozenset(
    {
        VerbeAvis.AVERTIR,  # a notice that leaves waits for nobody
        VerbeMessage.DIFFERER_MESSAGE,  # neither refused nor gone
        VerbeAvis.RETIRER_OPPOSITION,  # the enquiry is still to be closed
        VerbeFait.CONSIGNER_DALO,
        VerbeIdentite.SIGNALER_IDENTITE,  # what it opens is an enquiry
        VerbeEnquete.COMPLETER_ENQUETE,
        VerbeEnquete.GELER,  # its end is asked for
        VerbeDepot.REPRENDRE,  # what is taken over asks for no other date, and its documents were only seen
        VerbeModification.EXPLIQUER_REMARQUE,  # remarks are no wait: their list reads the demande itself
        VerbeVie.EXPIRER,  # the register alone does it, and the demande is still under way
        VerbeVie.PURGER,  # the rows go with the demande
    }
)
"""Acts that write where a wait is read, and neither open nor close any."""


def lues() -> set[str]:
    """Tables that say what is due."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT string_agg(prosrc, ' ') FROM pg_proc WHERE starts_with(proname, 'attente_due_')"
            " OR proname IN ('attente_due', 'attente_est_repondue', 'messages_refuses')"
        )
        (texte,) = curseur.fetchone()
    return set(re.findall(r"\b(?:FROM|JOIN) (\w+)", texte)) & gardes_declarees().keys()


def test_every_verb_that_writes_where_a_wait_is_read_is_in_the_table() -> None:
    tables = lues()
    assert len(tables) > 20
    dits = {
        Verbe.tous()[verbe]
        for table in tables
        for entree in gardes_declarees()[table][1].journalise
        for verbe in entree.verbes.split(",")
    }
    with connection.cursor() as curseur:
        curseur.execute("SELECT unnest(registre_verbes())")
        dits |= {Verbe.tous()[verbe] for (verbe,) in curseur.fetchall()}
    assert dits - mouvements().keys() == dits & SANS_EFFET
    assert not SANS_EFFET & mouvements().keys()


def test_every_nature_has_its_reading_and_no_other_is_read() -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT unnest(regexp_matches(prosrc, $$IF '(\\w+)'$$, 'g')) FROM pg_proc WHERE proname = 'attente_due'"
        )
        lues = [nature for (nature,) in curseur.fetchall()]
    assert sorted(lues) == sorted(NatureAttente.tous())


def test_every_nature_is_opened_and_closed_by_an_act() -> None:
    assert set().union(*mouvements().values()) == set(NatureAttente.tous().values())
    assert all(mouvements().values())


def test_nothing_else_writes_there() -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            r"SELECT proname FROM pg_proc WHERE prosrc ~* '(INSERT INTO|UPDATE|DELETE FROM) attente\M' ORDER BY 1"
        )
        # The passing of days, which no act tells, is the other one.
        assert curseur.fetchall() == [("attente_placer",), ("registre_guetter_pieces",)]
        curseur.execute(
            "SELECT t.tgrelid::regclass::text, t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t "
            "JOIN pg_proc p ON p.oid = t.tgfoid WHERE starts_with(p.proname, 'attente') AND t.tgparentid = 0"
        )
        ((table, nom, definition),) = curseur.fetchall()
    assert (table, nom) == ("journal_entree", "attente")
    assert set(re.findall(r"\'([A-Z_]+)\'::character varying", definition)) == {str(v) for v in mouvements()}


@pytest.mark.parametrize("nature", OUVERTURES)
def test_whoever_calls_gets_what_is_due_and_nothing_else(nature: str) -> None:
    demande = OUVERTURES[nature]()
    avant = list(Attente.objects.values())
    assert [ligne["nature"] for ligne in avant] == [nature]
    placer([demande, uuid.uuid4()], list(NatureAttente.tous().values()))
    assert list(Attente.objects.values()) == avant


def test_a_mark_of_an_address_keeps_the_instant_when_it_was_placed() -> None:
    demande = deposer()
    invalider_courriel(
        demande, ADRESSE, message=uuid.UUID(int=5), acte=Acte(service_du_registre("099"), f.MAINTENANT)
    )
    avant = Attente.objects.get().depuis
    placer([demande], [AttenteJoindre.COURRIEL_INVALIDE])
    assert Attente.objects.get().depuis == avant
    assert list_ecarts() == ()


def test_what_a_list_forgot_is_found() -> None:
    demande = OUVERTURES["PIECES"]()
    with transaction.atomic():
        Personne.objects.update(courriel_etat=EtatCourriel.INVALIDE)  # no entry tells it: nothing is placed
        assert list_ecarts() == (Ecart(demande, AttenteJoindre.COURRIEL_INVALIDE, tenue=False, due=True),)
        transaction.set_rollback(True)
    with transaction.atomic():
        Personne.objects.update(courriel_etat=EtatCourriel.INVALIDE)
        placer([demande], [AttenteJoindre.COURRIEL_INVALIDE])
        Personne.objects.update(courriel_etat=EtatCourriel.VERIFIEE)
        assert list_ecarts() == (Ecart(demande, AttenteJoindre.COURRIEL_INVALIDE, tenue=True, due=False),)
        transaction.set_rollback(True)
