"""A real S3-speaking server of the tests, in a process of its own, and one that only ever fails."""

import http.server
import os
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from config.settings.base import storage_s3
from sne.demo.port import port_libre
from tests.demo.demonstration import attendre

SEAU = "documents-essais"


def reglages_s3(adresse: str) -> dict[str, Any]:
    """The storage of the bucket of the tests at this address."""
    return storage_s3(adresse=adresse, region="fr-par", seau=SEAU, cle="essais:secret-des-essais")


class ServeurS3:
    """The server: its address, and ways of making it fail for good."""

    def __init__(self) -> None:
        port = port_libre()
        self.adresse = f"http://127.0.0.1:{port}"
        self.processus = subprocess.Popen(
            [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def repond(self) -> bool:
        """Whether it serves."""
        assert self.processus.poll() is None
        try:
            with urllib.request.urlopen(f"{self.adresse}/moto-api/", timeout=30) as reponse:
                return bool(reponse.status == HTTPStatus.OK)
        except OSError:
            return False

    def vider(self) -> None:
        """Forget everything, and make the bucket anew."""
        urllib.request.urlopen(f"{self.adresse}/moto-api/reset", data=b"", timeout=60).close()
        demande = urllib.request.Request(f"{self.adresse}/{SEAU}", method="PUT")
        urllib.request.urlopen(demande, timeout=60).close()

    @contextmanager
    def fige(self) -> Iterator[None]:
        """It takes connections and answers nothing."""
        os.kill(self.processus.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.processus.pid, signal.SIGCONT)

    def arreter(self) -> None:
        """Kill it."""
        self.processus.kill()
        self.processus.wait()


def serveur_s3() -> ServeurS3:
    """A server that serves."""
    serveur = ServeurS3()
    attendre(serveur.repond, "an S3 server")
    return serveur


@contextmanager
def serveur_en_panne() -> Iterator[str]:
    """A server that answers 503 to everything; its address."""

    class Panne(http.server.BaseHTTPRequestHandler):
        def repondre(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.send_error(HTTPStatus.SERVICE_UNAVAILABLE)

        do_GET = do_PUT = do_HEAD = do_DELETE = repondre  # noqa: N815 - names of the standard library

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the terminal of the tests."""

    serveur = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Panne)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    try:
        yield f"http://127.0.0.1:{serveur.server_port}"
    finally:
        serveur.shutdown()
        serveur.server_close()
        fil.join()
