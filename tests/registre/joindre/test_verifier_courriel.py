"""An address is verified by whoever reads it: one link, one use, one day, one address of one demande."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction

from sne.habilitations.rules.roles import Role
from sne.journal.models import Entree
from sne.notifications.models import Message
from sne.notifications.selectors import get_contenu
from sne.registre.contenu.rules.arbre.racine import Contenu
from sne.registre.contenu.rules.controles.contacts import proposer_domaine
from sne.registre.demande.models.demande import Demande
from sne.registre.demande.models.personne import Personne
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.joindre import tasks
from sne.registre.joindre.actions.verifier_courriel import (
    LienPerime,
    demander_verification,
    verifier_courriel,
)
from sne.registre.joindre.selectors.courriels import Lien, marque_d_adresse, signer_lien
from sne.registre.modification.actions.modifier import modifier_demande
from sne.socle.acte import Acte
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite
from tests.registre import factories as f

pytestmark = pytest.mark.django_db
ADRESSE = "elodie@exemple.fr"
MINUTE, HEURE = timedelta(minutes=1), timedelta(hours=1)


def contenu(courriel: str | None = ADRESSE) -> Contenu:
    return f.contenu(demandeur=f.personne(contact={"courriel": courriel} if courriel else {}))


@pytest.fixture
def recepisse() -> Recepisse:
    return f.deposer(contenu())


def reagir(verbe: str, *, le: Any = f.MAINTENANT) -> None:
    """What the journal's delivery does with the entries of this verb."""
    with time_machine.travel(le, tick=False):
        for entree in Entree.objects.filter(verbe=verbe).order_by("inscrit_le", "id"):
            tasks.verifier_adresses(
                entree_id=str(entree.id), demande_id=str(entree.demande), territoire="099", verbe=verbe
            )
    connection.check_constraints()


def jeton(rang: int = 0) -> str:
    message = Message.objects.filter(genre="VERIFICATION_COURRIEL").order_by("survenu_le", "id")[rang]
    lu = get_contenu(message.id)
    assert lu is not None
    trouve = re.search(r"/courriel/([^/]+)/$", lu.contexte["lien"])
    assert trouve is not None
    return trouve[1]


def verifier(jeton_: str, *, apres: timedelta = HEURE) -> int:
    with time_machine.travel(f.MAINTENANT + apres, tick=False):
        nombre = verifier_courriel(jeton_, survenu_le=f.MAINTENANT + apres)
    connection.check_constraints()
    return nombre


def etat() -> str:
    return Personne.objects.get().courriel_etat


def changer(recepisse: Recepisse, courriel: str, revision: int = 1) -> None:
    modifier_demande(
        recepisse.demande_id,
        contenu=contenu(courriel),
        revision=revision,
        acte=Acte(f.creer_acteur(), f.MAINTENANT + MINUTE),
    )


def test_new_address_gets_one_link_that_names_nobody(recepisse: Recepisse) -> None:
    for _ in range(2):
        reagir("DEPOSER")
    message = Message.objects.get()
    assert (message.genre, message.canal) == ("VERIFICATION_COURRIEL", "COURRIEL")
    for clair in (ADRESSE, "Dubreuil", recepisse.nud):
        assert clair not in jeton()


def test_the_link_marks_it_without_a_revision(recepisse: Recepisse) -> None:
    reagir("DEPOSER")
    assert verifier(jeton()) == 1
    assert etat() == "VERIFIEE"
    entree = Entree.objects.get(verbe="VERIFIER_COURRIEL")
    assert (entree.revision, entree.acteur["canal"]) == (1, "PGP")
    assert Demande.objects.get().revision == 1


@pytest.mark.listes_laissees
def test_it_serves_once(recepisse: Recepisse) -> None:
    reagir("DEPOSER")
    verifier(jeton())
    with pytest.raises(LienPerime):
        verifier(jeton())
    Personne.objects.update(courriel_etat="INVALIDE")  # even once the address refuses messages again
    with pytest.raises(LienPerime):
        verifier(jeton())


def test_it_serves_one_day(recepisse: Recepisse) -> None:
    reagir("DEPOSER")
    with pytest.raises(LienPerime):
        verifier(jeton(), apres=24 * HEURE + MINUTE)
    assert etat() == "NON_VERIFIEE"


def test_it_serves_for_that_address_only(recepisse: Recepisse) -> None:
    reagir("DEPOSER")
    changer(recepisse, "neuve@exemple.fr")
    with pytest.raises(LienPerime):
        verifier(jeton())
    reagir("MODIFIER")
    assert Message.objects.count() == 2
    assert verifier(jeton(1)) == 1


def test_altered_or_of_another_place_it_says_no_more(recepisse: Recepisse) -> None:
    reagir("DEPOSER")
    bon = jeton()
    for faux in (bon[:-1], f"{bon}x", "abc", bon.replace(":", ".")):
        with pytest.raises(LienPerime):
            verifier(faux)
    with time_machine.travel(f.MAINTENANT, tick=False):
        ailleurs = signer_lien(Lien(recepisse.demande_id, "02A", marque_d_adresse(ADRESSE), "1"))
    with pytest.raises(Introuvable):
        verifier(ailleurs)


def test_address_already_written_to_or_absent_gets_nothing(recepisse: Recepisse) -> None:
    reagir("DEPOSER")
    changer(recepisse, "neuve@exemple.fr")
    changer(recepisse, ADRESSE, revision=2)
    reagir("MODIFIER")
    assert Message.objects.count() == 1  # back to the first one, which has had its link
    f.deposer(f.contenu(demandeur=f.personne("Zimmer")), doublons_ecartes="autre")
    reagir("DEPOSER")
    assert Message.objects.count() == 1


class TestRelance:
    """The counter has it sent again."""

    def demander(self, recepisse: Recepisse, minutes: int = 0, **autres: Any) -> None:
        options = {"acte": Acte(f.creer_acteur(), f.MAINTENANT + minutes * MINUTE)} | autres
        demander_verification(recepisse.demande_id, **options)

    def test_sends_another_link_once_for_each_request(self, recepisse: Recepisse) -> None:
        reagir("DEPOSER")
        self.demander(recepisse)
        for _ in range(2):
            reagir("DEMANDER_VERIFICATION")
        assert Message.objects.count() == 2

    def test_three_in_ten_minutes(self, recepisse: Recepisse) -> None:
        for minute in (0, 1, 2):
            self.demander(recepisse, minute)
        with pytest.raises(Interdit, match=r"3 liens sont déjà partis\. Attendez 10"):
            self.demander(recepisse, 9)
        self.demander(recepisse, 11)

    def test_not_for_an_address_already_verified(self, recepisse: Recepisse) -> None:
        reagir("DEPOSER")
        verifier(jeton())
        with pytest.raises(Interdit, match="Aucune adresse"):
            self.demander(recepisse)

    def test_reserved_to_whoever_may_change_the_file(self, recepisse: Recepisse) -> None:
        with pytest.raises(NonHabilite):
            self.demander(recepisse, acte=Acte(f.creer_acteur(Role.DPO), f.MAINTENANT))
        with pytest.raises(Introuvable):
            self.demander(recepisse, acte=Acte(f.creer_acteur(territoire="02A"), f.MAINTENANT))


@pytest.mark.parametrize(
    ("verbe", "colonnes"),
    [
        ("INVALIDER_COURRIEL", "courriel_etat = 'VERIFIEE'"),
        ("VERIFIER_COURRIEL", "courriel_etat = 'INVALIDE'"),
        ("VERIFIER_COURRIEL", "courriel_etat = 'VERIFIEE', telephone = '1'"),
    ],
)
@pytest.mark.django_db(transaction=True)  # the entry of the deposit must not be of the same transaction
def test_each_mark_has_its_own_act(recepisse: Recepisse, verbe: str, colonnes: str) -> None:
    with (
        pytest.raises(IntegrityError, match="aucune entrée"),
        transaction.atomic(),
        connection.cursor() as curseur,
    ):
        curseur.execute(
            "SELECT journal_inscrire('099', %s, 1, %s, '{}', '{}', '[]', NULL, now())",
            [recepisse.demande_id, verbe],
        )
        curseur.execute(f"UPDATE personne SET {colonnes}")


def test_the_hint_says_which_domain() -> None:
    assert proposer_domaine("lea@gmial.com") == "gmail.com"
