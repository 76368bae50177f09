"""The vendors' listener over mutual TLS, as vendors meet it; the public client, which is not of the project."""

import hashlib
import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
import types
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from sne.conventions.actions import regler_convention
from sne.conventions.rules.reglages import Reglages
from sne.demo.port import port_libre
from sne.socle.serveur_editeurs import commande_editeurs
from tests.conventions.factories import acte, cle_de, prete
from tests.habilitations.factories import creer_exploitation
from tests.interop.certificats import Autorite
from tests.interop.client_public import RACINE, client_public


class ConnexionHttps:
    """What Python's own class took before 3.12: certificate and key by name."""

    ouvertes: ClassVar[list[http.client.HTTPSConnection]] = []

    def __init__(self, hote: str, *, cert_file: str, key_file: str) -> None:
        contexte = ssl.create_default_context(cafile=os.environ["AUTORITE_DES_ESSAIS"])
        contexte.load_cert_chain(cert_file, key_file)
        self._connexion = http.client.HTTPSConnection(hote, context=contexte, timeout=300)
        self.ouvertes.append(self._connexion)
        self.request = self._connexion.request
        self.getresponse = self._connexion.getresponse


@pytest.fixture
def libsne(autorite: Autorite, monkeypatch: pytest.MonkeyPatch) -> types.ModuleType:
    """The unmodified client, but for the one call that Python has removed."""
    monkeypatch.setenv("AUTORITE_DES_ESSAIS", str(autorite.racine))
    monkeypatch.syspath_prepend(str(client_public()))
    from libsne import libsne as module

    remplacant = types.SimpleNamespace(HTTPSConnection=ConnexionHttps, HTTPResponse=http.client.HTTPResponse)
    monkeypatch.setattr(module, "httplib", remplacant)
    yield module
    while ConnexionHttps.ouvertes:
        ConnexionHttps.ouvertes.pop().close()
    for nom in [nom for nom in sys.modules if nom.partition(".")[0] == "libsne"]:
        del sys.modules[nom]


@pytest.fixture(scope="session")
def autorite(tmp_path_factory: pytest.TempPathFactory) -> Autorite:
    return Autorite(tmp_path_factory.mktemp("autorite"), "autorite")


@pytest.fixture(scope="session")
def vendeur(autorite: Autorite) -> tuple[Path, Path]:
    """Certificate and key of a vendor."""
    return autorite.emettre("editeur")


@dataclass(frozen=True)
class Ecoute:
    """The listener under test: its address, its process, a key of the vendor's agreement."""

    adresse: str
    processus: "subprocess.Popen[bytes]"
    cle: str


@pytest.fixture
def ecoute(serveur: Ecoute) -> str:
    """Host and port of the listener, to which the vendor's certificate is known."""
    return serveur.adresse


@pytest.fixture
def serveur(
    transactional_db: None, url_runtime: str, autorite: Autorite, vendeur: tuple[Path, Path], tmp_path: Path
) -> Iterator[Ecoute]:
    """The listener on this worker's database, and an agreement known by the vendor's certificate."""
    cle = convenir(vendeur)
    certificat, privee = autorite.emettre("serveur", hote="127.0.0.1")
    port = port_libre()
    commande = commande_editeurs(
        "127.0.0.1", port, certificat=certificat, cle=privee, autorite=autorite.racine
    )
    with tourner(commande, des_editeurs(url_runtime), port, tmp_path / "ecoute.log") as processus:
        yield Ecoute(f"127.0.0.1:{port}", processus, cle)


def convenir(vendeur: tuple[Path, Path]) -> str:
    """An agreement known by this certificate; a key of it."""
    der = x509.load_pem_x509_certificate(vendeur[0].read_bytes()).public_bytes(Encoding.DER)
    convention = prete(empreinte=hashlib.sha256(der).digest())
    regler_convention(
        convention, replace(Reglages(), preuve_gardee=True, piece_vue=True), acte=acte(creer_exploitation())
    )
    return cle_de(convention)


def des_editeurs(url_runtime: str) -> dict[str, str]:
    """The environment of a process of the vendors."""
    return {
        **{nom: valeur for nom, valeur in os.environ.items() if nom != "COVERAGE_PROCESS_CONFIG"},
        "SNE_RUNTIME_URL": url_runtime,
        "SNE_CLES_JOURNAL": "",
        "DJANGO_SETTINGS_MODULE": "config.settings.editeurs",
    }


@contextmanager
def tourner(
    commande: Sequence[str], environnement: dict[str, str], port: int, journal: Path
) -> Iterator["subprocess.Popen[bytes]"]:
    """This server, once it listens, until the end of the block; what it complains about is shown."""
    with journal.open("wb") as lignes:
        processus = subprocess.Popen(commande, env=environnement, cwd=RACINE, stdout=lignes, stderr=lignes)
    try:
        _attendre(port, processus)
        yield processus
    finally:
        processus.terminate()
        processus.wait(30)
        dites = journal.read_text()
        if "Traceback" in dites or '"level": "error"' in dites:
            print(dites[-6000:])  # noqa: T201


def _attendre(port: int, processus: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        assert processus.poll() is None
        with socket.socket() as prise:
            if prise.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the vendors' listener did not start")
