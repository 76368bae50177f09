"""The page of the State's services: what it says is what their shared state says, for the reader's territory."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sne.connecteurs import selectors
from sne.connecteurs.etat import noter_echec, noter_succes
from sne.connecteurs.rules import Motif, Service
from sne.referentiels.rules import parametres_par_defaut
from tests.guichet.parcours import texte
from tests.registre.factories import MAINTENANT

PAGE = reverse("services-de-l-etat")


@pytest.fixture
def branches(settings: Any) -> None:
    """All three have an address; nothing is asked of it."""
    settings.CONNECTEURS = dict.fromkeys(settings.CONNECTEURS, "http://127.0.0.1:1")


def test_without_an_address_it_is_off_and_nothing_is_wrong(agent: Client) -> None:
    lue = texte(agent.get(PAGE))
    assert lue.count("Éteint") == 3
    assert "n’a pas l’adresse de ce service" in lue
    assert "Aucun n’est nécessaire pour enregistrer une demande" in lue


def test_who_answers_who_fails_and_since_when(agent: Client, branches: None) -> None:
    noter_succes(Service.BAN, le=MAINTENANT)
    noter_echec(Service.DRM, Motif.LENT, le=MAINTENANT - timedelta(minutes=2))
    noter_echec(Service.DRM, Motif.INDISPONIBLE, le=MAINTENANT)
    lue = texte(agent.get(PAGE))
    assert ("En service" in lue, "Jamais interrogé" in lue, "Perturbé" in lue) == (True, True, True)
    assert "Il ne répond pas." in lue
    assert "trop de temps" not in lue


def test_switched_off_for_my_territory(
    agent: Client, branches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    eteints = parametres_par_defaut(MAINTENANT.date()).avec(
        connecteurs_eteints=["DRM:099:guichet", "BAN:02B"]
    )
    monkeypatch.setattr(selectors, "get_parametres", lambda _: eteints)
    assert texte(agent.get(PAGE)).count("L’exploitant l’a éteint pour votre territoire.") == 1


def test_our_index_says_that_it_is_empty(agent: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "adresses_en_local", lambda: True)
    assert "L’index des adresses tenu par ce service est vide." in texte(agent.get(PAGE))


def test_it_is_on_the_map_of_the_site(agent: Client) -> None:
    assert PAGE in texte(agent.get(reverse("plan-du-site")))


def test_only_for_professionals(client: Client, db: None) -> None:
    assert client.get(PAGE).status_code == 302
