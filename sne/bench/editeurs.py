"""The listener of vendors, as the demonstration runs it, over mutual TLS."""

import http.client
import os
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from sne.bench.atelier import RACINE
from sne.bench.demonstration import descendance
from sne.bench.pgbench import MesureImpossible
from sne.bench.web import ADRESSE, DELAI
from sne.demo.port import port_libre
from sne.socle.serveur_editeurs import VARIABLES_DES_EDITEURS, commande_editeurs


@contextmanager
def serveur_des_editeurs(
    variables: Mapping[str, str], dossier: Path, journal: Path
) -> Iterator[tuple[int, int]]:
    """Run the listener with the certificates of ``dossier``, and stop it at the end; its port, and its process.

    Raises :class:`MesureImpossible` when it does not answer.
    """
    port = port_libre()
    commande = commande_editeurs(
        ADRESSE,
        port,
        certificat=dossier / "serveur.pem",
        cle=dossier / "serveur.cle",
        autorite=dossier / "autorite.pem",
    )
    environnement = {**os.environ, **variables, **VARIABLES_DES_EDITEURS}
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(commande, cwd=RACINE, env=environnement, stdout=sortie, stderr=sortie)
    try:
        _attendre(port, processus, dossier, journal)
        yield port, descendance(processus.pid)[1]
    finally:
        processus.terminate()
        processus.wait(timeout=DELAI)


def ouvrir_lien(port: int, dossier: Path, client: str = "") -> http.client.HTTPSConnection:
    """A connection to it, that trusts its authority, with the certificate of this client if any."""
    contexte = ssl.create_default_context(cafile=str(dossier / "autorite.pem"))
    if client:
        contexte.load_cert_chain(dossier / f"{client}.pem", dossier / f"{client}.cle")
    return http.client.HTTPSConnection(ADRESSE, port, context=contexte, timeout=60)


def _attendre(port: int, processus: "subprocess.Popen[bytes]", dossier: Path, journal: Path) -> None:
    limite = time.monotonic() + 3 * DELAI  # it reads the whole register before it answers
    while processus.poll() is None and time.monotonic() < limite:
        lien = ouvrir_lien(port, dossier)
        try:
            lien.request("GET", "/api/v1/openapi.json")
            lien.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            lien.close()
    raise MesureImpossible(f"L’écoute ne répond pas :\n{journal.read_text(errors='replace')[-1500:]}")
