"""The web server of the service, as ``make demo`` runs it, and people signed in to it."""

import base64
import http
import http.client
import os
import re
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django_otp.oath import totp

from sne.bench.atelier import RACINE, Identifiants
from sne.bench.pgbench import MesureImpossible
from sne.demo.port import port_libre
from sne.socle.serveur_web import commande_web

ADRESSE = "127.0.0.1"
FORMULAIRE = "application/x-www-form-urlencoded"
MORCEAU = 1 << 16  # bytes read at once
LONGUEUR, SUITE = (
    re.compile(rb"\r\n" + nom + rb": *([^\r]+)", re.IGNORECASE) for nom in (b"content-length", b"location")
)
DELAI = 300.0  # seconds for the first answer, on a machine whose cores others keep


@dataclass(slots=True)
class Navigateur:
    """One connection kept open, with its cookies: a browser without a screen. ``csrf``: the cookie of its forms."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    csrf: str = "csrftoken"
    _lien: http.client.HTTPConnection | None = None

    def demander(
        self,
        methode: str,
        chemin: str,
        champs: Mapping[str, str | Sequence[str]] | None = None,
        *,
        compression: bool = False,
    ) -> tuple[int, str, bytes]:
        """Status, address to go to next ("" if none), body. A form posted carries the CSRF token of the cookie."""
        if self._lien is None:
            self._lien = http.client.HTTPConnection(ADRESSE, self.port, timeout=30)
        entetes = {"Cookie": "; ".join(f"{nom}={valeur}" for nom, valeur in self.cookies.items())}
        if compression:
            entetes["Accept-Encoding"] = "gzip"
        if champs is not None:
            entetes |= {
                "Content-Type": FORMULAIRE,
                "X-CSRFToken": self.cookies.get(self.csrf, ""),
            }
        corps = urlencode(champs, doseq=True) if champs is not None else None
        self._lien.request(methode, chemin, corps, entetes)
        reponse = self._lien.getresponse()
        contenu = reponse.read()
        for nom, valeur in reponse.getheaders():
            if nom.lower() == "set-cookie":
                cle, _, reste = valeur.partition("=")
                self.cookies[cle] = reste.partition(";")[0]
        return reponse.status, reponse.headers.get("Location", ""), contenu

    def se_connecter(self, qui: Identifiants) -> None:
        """Password, then code, on the real pages. Raises :class:`MesureImpossible`."""
        self.demander("GET", "/connexion/")
        saisie = {"courriel": qui.courriel, "mot_de_passe": qui.mot_de_passe}
        _, suite, _ = self.demander("POST", "/connexion/", saisie)
        cle = base64.b32decode(qui.totp + "=" * (-len(qui.totp) % 8))
        statut, fin, _ = self.demander("POST", suite or "/connexion/", {"code": f"{totp(cle):06d}"})
        if (statut, fin) != (http.HTTPStatus.FOUND, "/accueil/"):
            raise MesureImpossible(f"La connexion de {qui.courriel} a échoué ({statut}).")

    def fermer(self) -> None:
        if self._lien is not None:
            self._lien.close()
            self._lien = None


def formulaire(chemin: str, champs: Mapping[str, str], entetes: Mapping[str, str]) -> bytes:
    """A form as a browser posts it, ready to leave."""
    corps = urlencode(champs)
    lignes = {"Host": ADRESSE, "Content-Type": FORMULAIRE, "Content-Length": str(len(corps)), **entetes}
    tete = "\r\n".join(f"{nom}: {dit}" for nom, dit in lignes.items())
    return f"POST {chemin} HTTP/1.1\r\n{tete}\r\n\r\n{corps}".encode("ascii")


class Fil:
    """One connection kept open, by which what was written beforehand leaves: the peer's client is no Python, and this
    one writes and reads, nothing more.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self._prise: socket.socket | None = None

    def poster(self, requete: bytes) -> tuple[int, str, bytes]:
        """Status, address to go to next ("" if none), body, which has to tell its length."""
        if self._prise is None:
            self._prise = socket.create_connection((ADRESSE, self.port), timeout=30)
        self._prise.sendall(requete)
        recu = b""
        while (fin := recu.find(b"\r\n\r\n")) < 0:
            recu += self._lire()
        tete, corps = recu[:fin], recu[fin + 4 :]
        longueur, suite = LONGUEUR.search(tete), SUITE.search(tete)
        while len(corps) < int(longueur[1] if longueur else 0):
            corps += self._lire()
        return int(tete[9:12]), suite[1].decode("ascii") if suite else "", corps

    def fermer(self) -> None:
        if self._prise is not None:
            self._prise.close()
            self._prise = None

    def _lire(self) -> bytes:
        octets = self._prise.recv(MORCEAU) if self._prise else b""
        if not octets:
            raise MesureImpossible("Le serveur web a fermé la connexion.")
        return octets


def ouvrir_session(port: int, compte: Identifiants) -> dict[str, Any]:
    """What an act of the web needs: the port, the account, the cookies of its session."""
    navigateur = Navigateur(port)
    navigateur.se_connecter(compte)
    navigateur.fermer()
    return {"port": port, "courriel": compte.courriel, "cookies": navigateur.cookies}


@contextmanager
def serveur_web(variables: Mapping[str, str], journal: Path) -> Iterator[tuple[int, int]]:
    """Run the web server on a free port and stop it at the end; gives the port and the process id.

    Raises :class:`MesureImpossible` when it does not answer.
    """
    port = port_libre()
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(
            commande_web(ADRESSE, port),
            cwd=RACINE,
            env={**os.environ, **variables, "SNE_CLES_JOURNAL": ""},  # only the worker signs
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=sortie,
        )
    try:
        _attendre(port, processus, journal)
        yield port, processus.pid
    finally:
        processus.terminate()
        processus.wait(timeout=DELAI)


def _attendre(port: int, processus: subprocess.Popen[bytes], journal: Path) -> None:
    limite = time.monotonic() + DELAI
    while processus.poll() is None and time.monotonic() < limite:
        navigateur = Navigateur(port)
        try:
            if navigateur.demander("GET", "/connexion/")[0] == http.HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            navigateur.fermer()
    raise MesureImpossible(f"Le serveur web ne répond pas :\n{journal.read_text(errors='replace')[-1500:]}")
