"""The real web server: whoever opens connections and sends nothing takes no place from the others."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from sne.bench.pgbench import MesureImpossible
from sne.bench.web import ADRESSE, Fil, Navigateur, formulaire, serveur_web

LENTES = 40  # connections; the server has eight threads
DEBUT = (
    "POST /connexion/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    "Content-Length: 1000\r\n\r\ncourriel=x"
)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The server as it is run, without any page that reads the database."""
    variables = {"DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.test")}
    journal: Path = tmp_path_factory.mktemp("web") / "web.log"
    with serveur_web(variables, journal) as (port, _):
        yield port


def test_connections_that_send_a_form_by_drops_freeze_nobody(port: int) -> None:
    with ExitStack() as lentes:
        for _ in range(LENTES):
            prise = lentes.enter_context(socket.create_connection((ADRESSE, port), timeout=5))
            prise.sendall(DEBUT.encode())
        for _ in range(8):
            passant = Navigateur(port)
            lentes.callback(passant.fermer)
            assert passant.demander("GET", "/connexion/")[0] == 200
            statut, _, page = passant.demander("POST", "/connexion/", {"courriel": ""})
            assert (statut, "Indiquez votre adresse" in page.decode()) == (200, True)


def test_client_of_the_measures_reads_one_answer_after_the_other(port: int) -> None:
    """What a form is sent by, and what it says once the server has gone."""
    with ExitStack() as fin:
        fil = Fil(port)
        fin.callback(fil.fermer)
        for _ in range(2):
            statut, suite, page = fil.poster(formulaire("/connexion/", {"courriel": ""}, {}))
            assert (statut, suite, b"</html>" in page) == (403, "", True)  # no token: the page that says so
        muet = fin.enter_context(socket.create_server((ADRESSE, 0)))
        seul = Fil(int(muet.getsockname()[1]))
        fin.callback(seul.fermer)

        def accueillir() -> None:
            muet.accept()[0].close()

        Thread(target=accueillir, daemon=True).start()
        with pytest.raises(MesureImpossible, match="a fermé"):
            seul.poster(b"")


def test_large_body_of_a_stranger_is_refused_by_a_page_while_it_comes(port: int) -> None:
    with ExitStack() as fin:
        passant = Navigateur(port)
        fin.callback(passant.fermer)
        statut, _, page = passant.demander("POST", "/connexion/", {"courriel": "x" * 4_000_000})
    assert (statut, "Connectez-vous" in page.decode()) == (413, True)


def test_web_process_refuses_the_keys_of_the_journal() -> None:
    fait = subprocess.run(
        [sys.executable, "-c", "import config.asgi"], capture_output=True, text=True, check=False
    )
    assert fait.returncode
    assert "SNE_CLES_JOURNAL: only the worker signs" in fait.stderr
