"""A counter reads who follows a file online, and closes it at the person's request."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from sne.registre.demande.models.demande import Demande
from sne.registre.rattachement.actions.signaler import fermer_au_code
from sne.registre.rattachement.selectors.contacts import is_fermee_au_code
from sne.registre.rattachement.selectors.liens import list_liens
from tests.guichet.parcours import texte
from tests.registre import factories as f
from tests.registre.rattachement.test_rattacher import COMPTE, deposer, signer
from tests.registre.rattachement.test_suivre import visiter

pytestmark = pytest.mark.django_db


@pytest.fixture
def demande() -> Demande:
    return deposer()


def page(client: Client, demande: Demande) -> str:
    return texte(client.get(reverse("demande-acces", args=[demande.nud])))


def test_un_acces_se_lit_et_se_ferme(agent: Client, demande: Demande) -> None:
    assert "Personne ne suit cette demande en ligne." in page(agent, demande)
    signer()
    lue = page(agent, demande)
    assert "FranceConnect, état civil identique à celui du dossier" in lue
    assert str(COMPTE) not in lue
    (lien,) = list_liens(COMPTE)
    for _ in range(2):
        reponse = agent.post(reverse("acces-fermer", args=[demande.nud, lien.id]), follow=True)
        assert "Accès en ligne fermé." in texte(reponse)
    assert list_liens(COMPTE) == ()
    assert "fermé par un guichet" in page(agent, demande)
    assert "Fermer l’accès" not in page(agent, demande)


def test_la_connexion_par_code_se_rouvre(agent: Client, demande: Demande) -> None:
    assert "Connexion par code" not in page(agent, demande)
    signer()
    (lien,) = list_liens(COMPTE)
    fermer_au_code(visiter(lien), survenu_le=f.MAINTENANT)
    assert "ou a signalé une connexion" in page(agent, demande)
    for _ in range(2):
        reponse = agent.post(reverse("codes-rouvrir", args=[demande.nud]), follow=True)
        assert "Connexion par code rouverte." in texte(reponse)
    assert not is_fermee_au_code(demande.id)


def test_l_acces_d_un_autre_dossier_n_est_pas_ici(agent: Client, demande: Demande) -> None:
    signer()
    (lien,) = list_liens(COMPTE)
    autre = deposer(nom="Castaing")
    for nud, cle in ((autre.nud, lien.id), (demande.nud, uuid.uuid4())):
        assert agent.post(reverse("acces-fermer", args=[nud, cle])).status_code == 404
    assert [lu.id for lu in list_liens(COMPTE)] == [lien.id]
