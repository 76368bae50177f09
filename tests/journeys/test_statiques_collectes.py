"""The service as it is deployed: collected, hashed and compressed files. Elsewhere tests run on the sources."""

import importlib
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from sne.habilitations.models import Compte
from tests.habilitations.factories import creer_agent
from tests.journeys.poste import Poste

pytestmark = [pytest.mark.navigateur, pytest.mark.django_db(transaction=True)]
POIDS_MAXIMAL = 120_000  # bytes over the network for a first visit, page included
MARIANNE_ET_PICTOGRAMMES = ("Marianne", "pictograms", "artwork")


class Serveur(ThreadingMixIn, WSGIServer):
    """One thread per request, as the browser asks for several files at once."""

    daemon_threads = True


class SansBruit(WSGIRequestHandler):
    """Says nothing on the test's output."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def collectes(settings: Any, tmp_path: Path) -> Path:
    """Folder of the files as ``collectstatic`` leaves them."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


@pytest.fixture
def deploye(collectes: Path) -> Iterator[str]:
    """Address of the application that a deployment serves (``config.wsgi``), read again for these files."""
    sys.modules.pop("config.wsgi", None)
    application = importlib.import_module("config.wsgi").application
    serveur = make_server("127.0.0.1", 0, application, server_class=Serveur, handler_class=SansBruit)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    yield f"http://127.0.0.1:{serveur.server_port}"
    serveur.shutdown()
    serveur.server_close()
    fil.join()
    del sys.modules["config.wsgi"]


def test_ni_police_de_l_etat_ni_pictogramme(collectes: Path) -> None:
    """The Marianne font may not be redistributed, and nothing may name it as a file."""
    noms = [str(fichier) for fichier in collectes.rglob("*")]
    assert [nom for nom in noms if any(interdit in nom for interdit in MARIANNE_ET_PICTOGRAMMES)] == []
    (feuille,) = [f for f in collectes.glob("dsfr/dsfr.*.css") if f.suffix == ".css"]
    assert "@font-face" not in feuille.read_text(encoding="utf-8")


def test_la_premiere_visite_est_legere_et_a_ses_couleurs(deploye: str, asseoir: Callable[..., Poste]) -> None:
    compte: Compte = creer_agent()
    poste = asseoir()
    poste.adresse = deploye
    poids: list[int] = []
    reseau = poste.page.context.new_cdp_session(poste.page)
    reseau.send("Network.enable")
    reseau.on("Network.loadingFinished", lambda fin: poids.append(fin["encodedDataLength"]))
    adresses: list[str] = []
    poste.page.on("response", lambda r: adresses.append(f"{r.status} {r.url}"))
    poste.aller("/connexion/")
    expect(poste.page.get_by_label("Mot de passe", exact=True)).to_be_visible()
    poste.page.wait_for_load_state("networkidle")
    assert sum(poids) <= POIDS_MAXIMAL, f"{sum(poids)} bytes: {adresses}"
    assert all(adresse.startswith("200 ") for adresse in adresses), adresses
    assert any("/static/dsfr/dsfr." in a and a.count(".") > 5 for a in adresses), "the name carries no hash"
    poste.se_connecter(compte)
    bouton = poste.page.locator("main a.fr-btn").first
    assert bouton.evaluate("b => getComputedStyle(b).color") == "rgb(0, 0, 145)"
    icone = "b => getComputedStyle(b, '::before').maskImage"
    assert "/static/dsfr/icons/" in bouton.evaluate(icone)
    assert [a for a in adresses if not a.startswith(("200 ", "302 "))] == []
