"""The public door: what a household may do here is there, what it may not is promised nowhere; counters as known."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.habilitations.factories import connecter, creer_agent

pytestmark = pytest.mark.django_db


def page(client: Client, adresse: str = "/", **champs: str) -> str:
    reponse = client.get(adresse, champs)
    assert reponse.status_code == 200
    return str(reponse.content.decode())


def chercher(client: Client, commune: str) -> str:
    return page(client, reverse("trouver-guichet"), commune=commune)


def test_anybody_reads_what_can_be_done_here(client: Client) -> None:
    lue = page(client)
    for adresse in ("verifier-attestation", "trouver-guichet", "connexion"):
        assert reverse(adresse) in lue
    assert "Ouvrez le lien écrit dans ce message" in lue
    assert "Dans tout guichet d’enregistrement. C’est gratuit." in lue
    assert "portail" not in lue


def test_a_portal_is_named_where_there_is_one(client: Client, settings: Any) -> None:
    settings.URL_PORTAIL = "https://menages.example"
    lue = page(client)
    assert 'Renouveler ou modifier se fait aussi en ligne\u00a0: <a href="https://menages.example">' in lue
    assert "Dans tout guichet d’enregistrement. C’est gratuit." in lue  # filing is not there


def test_where_a_demande_is_followed_promises_no_more(client: Client, settings: Any) -> None:
    settings.URL_MENAGES = "https://suivi.example"
    lue = page(client)
    assert 'Pour voir où en est votre demande : <a href="https://suivi.example">' in lue
    assert "Dans tout guichet d’enregistrement. C’est gratuit." in lue


def test_an_agent_is_led_to_the_days_work(client: Client) -> None:
    agent = connecter(client, creer_agent())
    assert agent.get("/").headers["Location"] == reverse("accueil")


def test_counters_of_a_commune_come_first_then_those_of_the_territory(client: Client) -> None:
    lue = chercher(client, "aurette la ville")
    ici, ailleurs = lue[lue.index('id="t-ici"') :].split('id="t-ailleurs"')
    for connu in (
        "CCAS d’Aurette-la-Ville",
        "1 place de la Mairie, 99000 Aurette-la-Ville",
        'href="tel:+33465710003"',
        "04\u00a065\u00a071\u00a000\u00a003",
    ):
        assert connu in ici
        assert connu not in ailleurs
    assert "Du lundi au vendredi" in ici
    assert ailleurs.count("<li><strong>") >= 1


@pytest.mark.parametrize(
    ("saisie", "dit"),
    [
        ("", "Tapez le nom d’une ville"),
        ("xqzwvk", "Cette ville n’est pas connue. Vérifiez son nom"),
        ("Saint-Denis", "Plusieurs villes répondent\u00a0: "),
    ],
)
def test_a_town_in_doubt_is_asked_again(client: Client, saisie: str, dit: str) -> None:
    lue = chercher(client, saisie)
    assert dit in lue
    assert 'id="t-ici"' not in lue


def test_where_no_counter_is_known_it_is_said(client: Client) -> None:
    assert "Aucun guichet n’est connu dans cette ville." in chercher(client, "Papeete (98735)")
