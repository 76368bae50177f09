"""The households' portal in a browser without script, at the width of a phone, in both directions of reading."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.live_server_helper import LiveServer

from tests.journeys.ecran import examiner
from tests.journeys.poste import Poste
from tests.portail.conftest import porte  # noqa: F401 - a fixture

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
PAGES = ("", "comment-ca-marche/", "guichets/?commune=99000", "verifier/?reference=abc", "v/7KMR-W3XQ-9TFA/")
POIDS_MAXIMAL = 60_000  # bytes in brotli: a page and all that it asks for, the first time


@pytest.fixture
def adresse(porte: Client) -> Iterator[str]:  # noqa: F811 - a server takes its middleware as it starts
    """Where the portal is served."""
    serveur = LiveServer("localhost")
    yield str(serveur)
    serveur.stop()


def test_french_and_arabic_on_a_phone(asseoir: Callable[..., Poste], adresse: str) -> None:
    page = asseoir().page
    page.set_viewport_size({"width": 375, "height": 800})
    for langue in ("", "ar/"):
        for rang, chemin in enumerate(PAGES):
            page.goto(f"{adresse}/{langue}{chemin}")
            assert page.locator("html").get_attribute("dir") == ("rtl" if langue else "ltr")
            examiner(page, f"portail-{langue.strip('/') or 'fr'}-{rang}")


def test_the_first_page_is_light(porte: Client, settings: Any, tmp_path: Path) -> None:  # noqa: F811
    """Measured on the files as they are collected, hashed and compressed."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    lue = porte.get("/ar/").content
    feuilles = [m.split(b'"')[0].decode() for m in lue.split(b'rel="stylesheet" href="/static/')[1:]]
    assert len(feuilles) == 3
    poids = len(brotli.compress(lue)) + sum(
        (tmp_path / f"{feuille}.br").stat().st_size for feuille in feuilles
    )
    assert poids < POIDS_MAXIMAL
