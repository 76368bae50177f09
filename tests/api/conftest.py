"""The vendors' interface as its own process sets it, in the process of the tests."""

import importlib
import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import time_machine
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpResponse
from django.test import Client
from django.urls import clear_url_caches

from sne.api.contenu import emettre
from sne.conventions import certificat
from sne.socle.horloge import aujourd_hui
from tests.conventions import factories as conventions
from tests.registre import factories as f

REGLAGES = (
    "ROOT_URLCONF",
    "MIDDLEWARE",
    "APPEND_SLASH",
    "TEMPLATES",
    "ALLOWED_HOSTS",
)


class Editeur:
    """A vendor's software: a key, a guichet, an agent."""

    def __init__(self, client: Client, *, cle: str, guichet: str = "G0993") -> None:
        self.client, self.cle, self.guichet = client, cle, guichet

    def __call__(
        self,
        methode: str,
        chemin: str,
        corps: Any = None,
        *,
        cle: str = "",
        brut: bytes | None = None,
        **entetes: str,
    ) -> HttpResponse:
        dits = {"Authorization": f"Bearer {self.cle}", "SNE-Guichet": self.guichet, "SNE-Agent": "a-1043"}
        if methode == "POST":
            dits["Idempotency-Key"] = cle or str(uuid.uuid4())
        dits |= {nom.replace("_", "-"): valeur for nom, valeur in entetes.items()}
        envoi: dict[str, Any] = {}
        if corps is not None or brut is not None:
            envoi = {
                "data": brut if brut is not None else json.dumps(corps),
                "content_type": "application/json",
            }
        if "Content-Type" in dits:
            envoi["content_type"] = dits.pop("Content-Type")
        retires = {nom: valeur for nom, valeur in dits.items() if valeur}
        return self.client.generic(methode, f"/api/v1{chemin}", headers=retires, **envoi)


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    """24 November 2026, half past ten, and on."""
    with time_machine.travel(f.MAINTENANT):
        yield


@pytest.fixture
def servi(settings: Any) -> Iterator[None]:
    """This process answers as that of the vendors."""
    reglages = importlib.import_module("config.settings.editeurs")
    for nom in REGLAGES:
        setattr(settings, nom, getattr(reglages, nom))
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def editeur(servi: None, monkeypatch: pytest.MonkeyPatch) -> Editeur:
    """A software with every scope, at G0993, by key and certificate."""
    monkeypatch.setattr(certificat, "empreinte", lambda _: conventions.CERTIFICAT)
    return Editeur(Client(), cle=conventions.cle_de(conventions.prete()))


@contextmanager
def dans_la_transaction() -> Iterator[None]:
    """The connection of the test outlives each request, as under the client of the tests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def demande(**autres: Any) -> dict[str, Any]:
    """A body of registration."""
    jour = aujourd_hui().isoformat()
    return {
        "date_reception": jour,
        "piece_vue": {"type": "CNI", "vue_le": jour},
        "contenu": emettre(f.contenu()),
    } | autres
