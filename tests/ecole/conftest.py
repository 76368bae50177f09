"""The École as its vendors’ listener serves it, in the process of the tests, with two bacs."""

import importlib
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import clear_url_caches, reverse

from sne.conventions import certificat
from sne.ecole.preparation import charger_bacs
from sne.notifications.models import MessageAgent
from sne.notifications.selectors import lire_chiffre
from tests.api.conftest import REGLAGES, Editeur, demande
from tests.conventions import factories as conventions
from tests.registre import factories as f

BACS = range(700, 702)
ECOLE = ["sne.ecole.middleware.EnvironnementMiddleware", "sne.ecole.middleware.BacMiddleware"]


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    """24 November 2026, half past ten, and on."""
    with time_machine.travel(f.MAINTENANT):
        yield


@pytest.fixture
def ecole(en_owner: None, settings: Any) -> None:
    """This installation is the École, whose territories are loaded."""
    settings.ECOLE = True
    connection.atomic_blocks[
        -1
    ]._from_testcase = True  # acts that want a transaction of their own have it in this one
    charger_bacs(BACS, le=f.AUJOURD_HUI)


@pytest.fixture
def cle(ecole: None) -> str:
    """An agreement asked for, its address verified, its key read on the page."""
    champs = {
        "editeur": "Aurette Habitat",
        "organisme": conventions.organisme(),
        "courriel": "logiciel@exemple.fr",
    }
    client = Client()
    assert client.post(reverse("convention-ecole"), champs).status_code == 302
    contexte = lire_chiffre(MessageAgent.objects.get(genre="ADRESSE_A_VERIFIER"), "contexte")
    assert contexte is not None
    page = client.post("/" + str(contexte["lien"]).split("/", 3)[3]).content.decode()
    lue = re.search(r"sne_ecole_\w+", page)
    assert lue is not None
    return lue[0]


class Engage(Editeur):
    """Whose acts are held to what a commit asks, as if each call were one."""

    def __call__(self, *appel: Any, **autres: Any) -> HttpResponse:
        reponse = super().__call__(*appel, **autres)
        connection.check_constraints()
        return reponse


@pytest.fixture
def editeur(cle: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Editeur]:
    """Its software, by key and certificate, on the vendors' listener."""
    from sne.conventions.models import Convention
    from tests.habilitations.factories import creer_exploitation

    conventions.certifier(Convention.objects.get().id, creer_exploitation(), creer_exploitation())
    monkeypatch.setattr(certificat, "empreinte", lambda _: conventions.CERTIFICAT)
    reglages = importlib.import_module("config.settings.editeurs")
    for nom in REGLAGES:
        setattr(settings, nom, getattr(reglages, nom))
    settings.MIDDLEWARE = [*settings.MIDDLEWARE[:2], *ECOLE, *settings.MIDDLEWARE[2:]]
    clear_url_caches()
    yield Engage(Client(), cle=cle, guichet="E0700")
    clear_url_caches()


def menage(**autres: Any) -> dict[str, Any]:
    """A body of registration in the first bac."""
    corps = demande(**autres)
    corps["contenu"]["souhaits"]["localisations"] = [{"commune": "A0001"}]
    return corps
