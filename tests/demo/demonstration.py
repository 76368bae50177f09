"""Drives a real demonstration from outside: starts ``sne demo``, signs in, looks at its processes, stops it."""

import base64
import http.cookiejar
import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django_otp.oath import totp

from sne.demo.dossier import VARIABLE_DU_DOSSIER
from sne.demo.port import port_libre

SNE = Path(sys.executable).parent / "sne"
DELAI = 60.0


def attendre(condition: Callable[[], Any], quoi: str, *, delai: float = DELAI, pas: float = 0.05) -> Any:
    """Wait until ``condition`` gives something true; returns it."""
    limite = time.monotonic() + delai
    while time.monotonic() < limite:
        if valeur := condition():
            return valeur
        time.sleep(pas)
    raise AssertionError(f"not within {delai} s: {quoi}")


def vit(pid: int) -> bool:
    """Whether a process exists and is not a zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class Demonstration:
    """A demonstration in a folder of its own, on the embedded server whatever ``DATABASE_URL`` says."""

    def __init__(self, dossier: Path, *, taille: int, cellules: int = 1) -> None:
        self.dossier, self.port = dossier, port_libre()
        self.options = {"--port": self.port, "--taille": taille, "--cellules": cellules}
        # without COVERAGE_: its processes would start and prepare twice as slowly
        autres = ("SNE_", "DJANGO_", "DATABASE_URL", "COVERAGE_")
        propre = {c: v for c, v in os.environ.items() if not c.startswith(autres)}
        self.env = {**propre, VARIABLE_DU_DOSSIER: str(dossier)}
        self.processus: subprocess.Popen[bytes] | None = None
        self.biscuits = http.cookiejar.CookieJar()
        self.ouvreur = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.biscuits))

    def courriels(self) -> list[Path]:
        """Every e-mail that was sent, each a file."""
        return sorted(self.dossier.glob("courriels/*.eml"))

    def cookies(self) -> dict[str, str]:
        """Cookies of the person signed in."""
        return {cookie.name: str(cookie.value) for cookie in self.biscuits}

    def demarrer(self) -> None:
        """Start and wait until the description is published."""
        with self.sortie.open("w") as sortie:
            self.processus = subprocess.Popen(
                [SNE, "demo", *(str(mot) for option in self.options.items() for mot in option)],
                env=self.env,
                stdout=sortie,
                stderr=sortie,
            )
        try:
            attendre(
                self._prete_ou_finie, "demonstration ready", delai=5 * DELAI * self.options["--cellules"]
            )
        except AssertionError:
            self.arreter()
            raise
        assert self.processus.poll() is None, self.sortie.read_text()

    @property
    def sortie(self) -> Path:
        """What the last start wrote on its terminal."""
        return self.dossier.parent / f"{self.dossier.name}.txt"

    def _prete_ou_finie(self) -> bool:
        assert self.processus is not None
        if self.processus.poll() is not None:
            return True
        try:
            return self.pid("superviseur") == self.processus.pid
        except FileNotFoundError:
            return False

    def arreter(self, numero: signal.Signals = signal.SIGINT) -> int:
        """Ask for the end and wait for it; returns the exit status."""
        assert self.processus is not None
        self.processus.send_signal(numero)
        return self.processus.wait(timeout=DELAI)

    def recit(self) -> str:
        """What the supervisor and its processes wrote last: the story of a failure."""
        journaux = sorted(self.dossier.glob("journaux/*.log"))
        fins = [f"== {f.name}\n{f.read_text(errors='replace')[-2000:]}" for f in (self.sortie, *journaux)]
        return "\n".join(fins)

    @property
    def description(self) -> dict[str, Any]:
        return dict(json.loads((self.dossier / "demo.json").read_text()))

    def pid(self, nom: str) -> int:
        """Process id published for ``web``, ``travailleur``, ``base`` or ``superviseur``."""
        return int(self.description["processus"][nom])

    def pids(self) -> list[int]:
        return [int(pid) for pid in self.description["processus"].values()]

    def sne(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """A command of the operator, which finds this demonstration."""
        return subprocess.run([SNE, *arguments], env=self.env, capture_output=True, text=True, check=False)

    def aller(self, chemin: str, donnees: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, address reached and text of a page."""
        url = f"http://localhost:{self.port}{chemin}"
        corps = urllib.parse.urlencode(donnees).encode() if donnees is not None else None
        requete = urllib.request.Request(url, corps, {"Referer": url})
        try:
            with self.ouvreur.open(requete, timeout=20) as reponse:
                return reponse.status, reponse.url, reponse.read().decode()
        except urllib.error.HTTPError as exc:
            return exc.code, exc.url, exc.read().decode()

    def se_connecter(self, courriel: str) -> str:
        """Sign in with password and code, as the person would; returns the page reached."""
        compte = next(c for c in self.description["comptes"] if c["courriel"] == courriel)
        _, _, page = self.aller("/connexion/")
        donnees = {"courriel": courriel, "mot_de_passe": compte["mot_de_passe"]}
        _, _, page = self.aller("/connexion/", {**donnees, "csrfmiddlewaretoken": _jeton(page)})
        code = f"{totp(base64.b32decode(compte['totp'])):06d}"
        _, _, page = self.aller("/connexion/code/", {"code": code, "csrfmiddlewaretoken": _jeton(page)})
        return page


def _jeton(page: str) -> str:
    trouve = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert trouve, page[:500]
    return trouve[1]
