"""An address that refuses messages is marked by the service alone, until another one is given."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from sne.journal.models import Entree
from sne.notifications.actions import noter_tentative
from sne.notifications.models import Message, Tentative
from sne.notifications.rules import Canal, Issue, Resultat
from sne.notifications.tasks import service_des_messages
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.demande.rules.personne import LIBELLES_ETAT_COURRIEL, EtatCourriel
from sne.registre.demande.rules.services import service_du_registre
from sne.registre.joindre import tasks
from sne.registre.joindre.actions.invalider_courriel import invalider_courriel
from sne.registre.lecture.selectors.fiche import get_fiche
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Introuvable, NonHabilite
from tests.notifications import factories as messages
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
SERVICE = service_du_registre("099")
ADRESSE = "elodie@exemple.fr"


@pytest.fixture
def demande() -> Demande:
    recepisse = f.deposer(f.contenu(demandeur=f.personne(contact={"courriel": "Elodie@exemple.fr"})))
    return Demande.objects.get(id=recepisse.demande_id)


def invalider(demande: Demande, courriel: str = ADRESSE, **autres: Any) -> int:
    options = {"message": uuid.UUID(int=5), "acte": Acte(SERVICE, f.MAINTENANT)} | autres
    nombre = invalider_courriel(demande.id, courriel, **options)
    connection.check_constraints()
    return nombre


def etat() -> str:
    return Personne.objects.get().courriel_etat


def test_every_state_has_words() -> None:
    assert set(LIBELLES_ETAT_COURRIEL) == set(EtatCourriel)


def test_address_is_not_verified_at_first(demande: Demande) -> None:
    assert etat() == "NON_VERIFIEE"


def test_marked_once_without_a_revision(demande: Demande) -> None:
    assert [invalider(demande) for _ in range(2)] == [1, 0]
    assert etat() == "INVALIDE"
    entree = Entree.objects.get(verbe="INVALIDER_COURRIEL")
    assert (entree.demande, entree.revision) == (demande.id, 1)
    demande.refresh_from_db()
    assert demande.revision == 1


def test_another_address_is_left_alone(demande: Demande) -> None:
    assert invalider(demande, "autre@exemple.fr") == 0
    assert etat() == "NON_VERIFIEE"


def test_new_address_starts_again(demande: Demande) -> None:
    invalider(demande)
    contenu = get_fiche(demande, f.creer_acteur()).contenu
    assert contenu.demandeur is not None
    contact = contenu.demandeur.contact.model_copy(update={"courriel": "neuve@exemple.fr"})
    neuf = contenu.model_copy(update={"demandeur": contenu.demandeur.model_copy(update={"contact": contact})})
    modifier_demande(demande.id, contenu=neuf, revision=1, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    connection.check_constraints()
    personne = Personne.objects.get()
    assert (personne.courriel, personne.courriel_etat) == ("neuve@exemple.fr", "NON_VERIFIEE")


def test_an_agent_may_not_nor_the_service_elsewhere(demande: Demande) -> None:
    with pytest.raises(NonHabilite):
        invalider(demande, acte=Acte(f.creer_acteur(), f.MAINTENANT))
    with pytest.raises(Introuvable):
        invalider(demande, acte=Acte(service_du_registre("02B"), f.MAINTENANT))
    assert etat() == "NON_VERIFIEE"


def test_journal_failure_leaves_nothing(demande: Demande, monkeypatch: pytest.MonkeyPatch) -> None:
    def tomber(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sne.registre.demande.actions.dire.journal.inscrire", tomber)
    with pytest.raises(RuntimeError):
        invalider(demande)
    assert etat() == "NON_VERIFIEE"


@pytest.mark.parametrize(
    "colonnes", ["courriel_etat = 'INVALIDE', telephone = '1'", "courriel_etat = 'VERIFIEE'"]
)
@pytest.mark.django_db(transaction=True)  # the entry of the deposit must not be of the same transaction
def test_the_mark_covers_nothing_else(demande: Demande, colonnes: str) -> None:
    with (
        pytest.raises(IntegrityError, match="aucune entrée"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(
            "SELECT journal_inscrire('099', %s, 1, 'INVALIDER_COURRIEL', '{}', '{}', '[]', NULL, now())",
            [demande.id],
        )
        curseur.execute(f"UPDATE personne SET {colonnes}")


class TestTache:
    """What follows a refused message."""

    def refuser(self, demande: Demande, code: str = "5.1.1", **autres: Any) -> None:
        message = messages.preparer(demande_id=demande.id, destinataire=ADRESSE, **autres)
        noter_tentative(
            message.id,
            Resultat(Issue.PERMANENT, code),
            acte=Acte(service_des_messages(), f.MAINTENANT),
        )

    def reagir(self) -> str:
        tasks.invalider(entree_id=str(Tentative.objects.get().entree), territoire="099")
        return etat()

    def test_refused_address_is_marked(self, demande: Demande) -> None:
        self.refuser(demande)
        assert [self.reagir() for _ in range(2)] == ["INVALIDE"] * 2
        assert Entree.objects.filter(verbe="INVALIDER_COURRIEL").count() == 1

    def test_refusal_for_policy_or_of_another_channel_is_not(self, demande: Demande) -> None:
        self.refuser(demande, "5.7.1")
        assert self.reagir() == "NON_VERIFIEE"

    def test_refused_sms_is_not(self, demande: Demande) -> None:
        self.refuser(demande, canal=Canal.SMS)
        assert self.reagir() == "NON_VERIFIEE"

    def test_erased_address_is_not(self, demande: Demande) -> None:
        self.refuser(demande)
        Message.objects.update(destinataire=None)
        assert self.reagir() == "NON_VERIFIEE"

    def test_entry_of_no_message(self) -> None:
        tasks.invalider(entree_id=str(uuid.uuid4()))
