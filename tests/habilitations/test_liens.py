"""Two accounts of one person: linked by who opens accounts, for good, and counted once."""

import uuid
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction

from sne.habilitations.actions import lier_comptes
from sne.habilitations.models import Compte
from sne.habilitations.possible import exiger_accorder_a
from sne.habilitations.selectors import list_comptes_de
from sne.habilitations.selectors.histoire import get_personne
from sne.journal.models import Entree
from sne.socle.acte import Acte
from sne.socle.acteur import Acteur
from sne.socle.erreurs import Interdit, Introuvable, NonHabilite, refus_de
from sne.socle.horloge import aujourd_hui, maintenant
from tests.habilitations import factories as f

pytestmark = pytest.mark.django_db


def lier(un: Compte, autre: Compte, acteur: Acteur = f.SYSTEME) -> None:
    lier_comptes(un.id, autre.id, acte=Acte(acteur, maintenant()))
    connection.check_constraints()


def test_linked_accounts_are_of_one_person_and_links_join() -> None:
    a, b, c, d = (f.creer_personne() for _ in range(4))
    assert list_comptes_de(a.id) == {a.id}
    lier(a, b)
    lier(c, d, acteur=f.acteur(f.creer_exploitation()))
    assert list_comptes_de(b.id) == {a.id, b.id}
    lier(d, b)  # two persons who were one
    for compte in (a, b, c, d):
        assert list_comptes_de(compte.id) == {a.id, b.id, c.id, d.id}
    entree = Entree.objects.filter(verbe="LIER_COMPTES").latest("inscrit_le")
    assert (entree.faits["compte"], entree.faits["autre"]) == (str(d.id), str(b.id))


def test_rights_of_one_s_other_account_are_not_offered_to_be_given_or_ended() -> None:
    gt, agent = f.creer_gestionnaire(), f.creer_agent()
    lui = f.acteur(gt)
    (droit,) = get_personne(agent.id, lui, le=aujourd_hui()).droits
    assert droit.retirable
    assert not refus_de(exiger_accorder_a, lui, agent.id)
    lier(gt, agent)
    (droit,) = get_personne(agent.id, lui, le=aujourd_hui()).droits
    assert not droit.retirable
    assert "une autre personne" in refus_de(exiger_accorder_a, lui, agent.id)


def test_whoever_has_no_account_is_alone() -> None:
    inconnu = uuid.uuid4()
    assert list_comptes_de(inconnu) == {inconnu}


def test_refused_by_person_by_state_and_unknown() -> None:
    a, b = f.creer_personne(), f.creer_personne()
    for compte in (f.creer_agent(), f.creer_gestionnaire()):  # the two may be of two territories
        with pytest.raises(NonHabilite, match="exploitation nationale"):
            lier(a, b, acteur=f.acteur(compte))
    with pytest.raises(Introuvable):
        lier_comptes(a.id, uuid.uuid4(), acte=Acte(f.SYSTEME, maintenant()))
    lier(a, b)
    for un, autre in ((a, b), (b, a), (a, a)):
        with pytest.raises(Interdit, match="déjà reconnus"):
            lier(un, autre)


def test_nothing_is_linked_when_the_journal_fails() -> None:
    a, b = f.creer_personne(), f.creer_personne()
    with (
        mock.patch("sne.habilitations.actions.liens.inscrire", side_effect=RuntimeError("journal")),
        pytest.raises(RuntimeError),
    ):
        lier(a, b)
    assert list_comptes_de(a.id) == {a.id}


def test_the_database_keeps_a_link() -> None:
    a, b, c = (f.creer_personne() for _ in range(3))
    lier(a, b)
    for titulaire in (None, b.id, c.id):
        with pytest.raises(DatabaseError, match="ne se retire pas"), transaction.atomic():
            Compte.objects.filter(id=b.id).update(titulaire=titulaire)
            connection.check_constraints()
    with pytest.raises(DatabaseError, match="ne se retire pas"), transaction.atomic():
        Compte.objects.filter(id=c.id).update(titulaire=b.id)  # not the first account of that person
        connection.check_constraints()
