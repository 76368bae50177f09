"""A notice that every address of before refuses is told by the manager, once; one that gets through is not."""

from unittest import mock

import pytest
import time_machine
from django.db import connection

from sne.journal import actions as journal
from sne.journal.handlers import abonnes
from sne.journal.models import Entree
from sne.notifications.actions import noter_tentative
from sne.notifications.models import Message
from sne.notifications.rules import Issue, Resultat
from sne.notifications.tasks import service_des_messages
from sne.registre.avis import tasks
from sne.registre.avis.actions.avertir import noter_avis_sans_lecteur
from sne.registre.avis.models import AvisChangement
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.handlers import ABONNE_AUX_AVIS_REFUSES
from sne.socle.acte import Acte
from sne.socle.erreurs import NonHabilite
from tests.registre import factories as f
from tests.registre.avis import avis as a
from tests.registre.enquete.enquetes import gt

pytestmark = pytest.mark.django_db
REFUS = Resultat(Issue.PERMANENT, "5.1.1", "Boîte inconnue")


@pytest.fixture
def recepisse() -> Recepisse:
    """An e-mail and a mobile before, another e-mail since."""
    recepisse = a.deposer()
    a.changer(recepisse.demande_id, a.contenu(a.APRES))
    return recepisse


def refuser(**lesquels: str) -> None:
    """These messages are refused, and the register reacts, twice."""
    for message in Message.objects.filter(**lesquels).exclude(etat="REJETE"):
        noter_tentative(message.id, REFUS, acte=Acte(service_des_messages(), f.MAINTENANT))
    with time_machine.travel(f.MAINTENANT, tick=False):
        for entree in [*Entree.objects.filter(verbe="REJETER_MESSAGE")] * 2:
            tasks.suivre_avis(entree_id=str(entree.id))
    connection.check_constraints()


def confies() -> list[tuple[str, list[str], int]]:
    return [(x.raison, x.codes, x.revision) for x in AvisChangement.objects.exclude(raison="")]


@pytest.mark.usefixtures("recepisse")
class TestRefus:
    """One address after the other."""

    def test_one_way_is_left(self) -> None:
        refuser(canal="SMS")
        assert confies() == []

    def test_the_letter_that_makes_up_for_an_e_mail_is_one(self) -> None:
        refuser(canal="SMS")
        refuser(canal="COURRIEL", genre="AVIS_CHANGEMENT")
        assert Message.objects.filter(canal="LETTRE").exists()
        assert confies() == []

    def test_none_is_left(self) -> None:
        for canal in ("SMS", "COURRIEL", "LETTRE"):
            refuser(canal=canal, genre="AVIS_CHANGEMENT")
        assert confies() == [("INJOIGNABLE", ["COURRIEL:FAIT:VOUS"], 2)]
        assert Entree.objects.get(verbe="CONFIER_AVIS").demande is None

    def test_the_new_address_counts_for_nothing(self) -> None:
        refuser(genre="CHANGEMENT_ENREGISTRE")
        assert confies() == []

    def test_a_failure_of_the_journal_leaves_nothing(self) -> None:
        with mock.patch.object(tasks, "noter_avis_sans_lecteur"):
            for canal in ("SMS", "COURRIEL", "LETTRE"):
                refuser(canal=canal, genre="AVIS_CHANGEMENT")
        with (
            mock.patch.object(journal, "inscrire", side_effect=RuntimeError),
            pytest.raises(RuntimeError),
        ):
            refuser()
        assert confies() == []


def test_a_message_of_something_else_is_left_alone() -> None:
    f.deposer()
    tasks.suivre_avis(entree_id=str(Entree.objects.latest("id").id))
    assert confies() == []


def test_only_the_service_notes_it(recepisse: Recepisse) -> None:
    with pytest.raises(NonHabilite):
        noter_avis_sans_lecteur(
            Entree.objects.get(verbe="MODIFIER").id,
            demande_id=recepisse.demande_id,
            acte=Acte(gt(), f.MAINTENANT),
        )


def test_an_act_that_was_told_to_nobody_leaves_nothing_to_the_manager(recepisse: Recepisse) -> None:
    assert not noter_avis_sans_lecteur(
        Entree.objects.get(verbe="DEPOSER").id,
        demande_id=recepisse.demande_id,
        acte=Acte(service_du_registre("099"), f.MAINTENANT),
    )


def test_the_journal_delivers_refusals() -> None:
    (abonne,) = [x for x in abonnes() if x.nom == ABONNE_AUX_AVIS_REFUSES]
    assert (abonne.tache, abonne.verbes) == (tasks.SUIVRE_AVIS, {"REJETER_MESSAGE"})
