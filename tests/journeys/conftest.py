"""A real Chromium, and seats in front of it: with or without JavaScript."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections
from playwright.sync_api import Browser, expect, sync_playwright

from config.settings.base import storage_sur_disque
from sne.socle import replique
from tests.journeys.poste import Poste
from tests.registre.factories import MAINTENANT

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000  # milliseconds: a machine whose cores are all taken reads a file in several seconds
if replique.existe():
    PATIENCE = 90_000  # a page first waits until the replica has what the test prepared
expect.set_options(timeout=PATIENCE)


@pytest.fixture(autouse=True)
def heure() -> Iterator[None]:
    """The service's clock goes on from a morning: no journey meets midnight, the end of a month or a change of hour."""
    with time_machine.travel(MAINTENANT):
        yield


@pytest.fixture(autouse=True)
def magasin(settings: Any, tmp_path: Path) -> None:
    """A store of one's own."""
    settings.DOSSIER_DOCUMENTS = tmp_path / "documents"
    settings.STORAGES = {
        **settings.STORAGES,
        "documents_disque": storage_sur_disque(settings.DOSSIER_DOCUMENTS),
    }


@pytest.fixture(scope="module")
def navigateur() -> Iterator[Browser]:
    """Debian's Chromium, headless, closed with its module: other tests may want a loop of their own.

    Playwright's synchronous API runs one in this thread; Django is told that it is meant. Django keeps other
    connections for a thread with a loop than for the same thread without: those of the side left behind are closed,
    else they would outlive the database they belong to.
    """
    avant = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    connections.close_all()
    with sync_playwright() as p:
        chromium = p.chromium.launch(executable_path="/usr/bin/chromium", args=list(ARGUMENTS))
        yield chromium
        chromium.close()
        connections.close_all()
    if avant is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def asseoir(navigateur: Browser, live_server: object) -> Iterator[Callable[..., Poste]]:
    """Makes a seat in front of the service; closing it checks that the browser complained about nothing."""
    postes: list[Poste] = []

    def nouveau(**options: object) -> Poste:
        contexte = navigateur.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexte.set_default_timeout(PATIENCE)
        poste = Poste(contexte.new_page(), str(live_server))
        postes.append(poste)
        return poste

    yield nouveau
    for poste in postes:
        poste.page.context.close()
    assert [plainte for poste in postes for plainte in poste.plaintes] == []
