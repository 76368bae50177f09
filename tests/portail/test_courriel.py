"""The page that confirms an address: opening it changes nothing, and it never says of whom."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from sne.portail import limite
from sne.registre.demande.models.personne import Personne
from sne.registre.depot.actions.deposer import Recepisse
from sne.registre.joindre.selectors.courriels import Lien, marque_d_adresse, signer_lien
from tests.registre import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calme() -> Iterator[None]:
    limite.oublier()
    with time_machine.travel(f.MAINTENANT, tick=False):
        yield
    limite.oublier()


@pytest.fixture
def adresse() -> str:
    recu: Recepisse = f.deposer(f.contenu(demandeur=f.personne(contact={"courriel": "elodie@exemple.fr"})))
    lien = Lien(recu.demande_id, "099", marque_d_adresse("elodie@exemple.fr"), "une-fois")
    return reverse("verifier-courriel", args=[signer_lien(lien)])


def etat() -> str:
    return Personne.objects.get().courriel_etat


def test_opening_changes_nothing_pressing_does_once(client: Client, adresse: str) -> None:
    page = client.get(adresse)
    assert "Confirmer mon adresse" in page.content.decode()
    assert (page.headers["Referrer-Policy"], page.headers["X-Robots-Tag"]) == (
        "strict-origin",
        "noindex, nofollow",
    )
    assert etat() == "NON_VERIFIEE"
    apres = client.post(adresse, follow=True)
    assert apres.redirect_chain == [(reverse("courriel-confirme"), 302)]
    assert "Votre adresse est confirmée" in apres.content.decode()
    assert etat() == "VERIFIEE"
    encore = client.post(adresse)
    assert encore.status_code == 410
    assert "Ce lien ne peut plus servir" in encore.content.decode()


def test_any_bad_link_gives_the_same_page(client: Client, adresse: str) -> None:
    client.post(adresse)
    pages = {
        client.post(mauvaise).content
        for mauvaise in (adresse, f"{adresse[:-2]}/", reverse("verifier-courriel", args=["abc"]))
    }
    (page,) = pages
    assert b"exemple.fr" not in page
    assert b"099" not in page


def test_wants_the_token_of_the_form(adresse: str) -> None:
    assert Client(enforce_csrf_checks=True).post(adresse).status_code == 403
    assert etat() == "NON_VERIFIEE"


def test_slows_down(client: Client) -> None:
    inconnue = reverse("verifier-courriel", args=["abc"])
    codes = [client.post(inconnue).status_code for _ in range(25)]
    assert codes[0] == 410
    assert codes[-1] == 429
