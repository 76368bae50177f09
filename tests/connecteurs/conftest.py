"""The simulator in a process of its own, and a service that knows where it is."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from sne.connecteurs import allumage, appel, etat
from sne.connecteurs.adresses import moteur
from sne.connecteurs.ban import http as ban
from sne.connecteurs.entreprises import http as entreprises
from sne.connecteurs.rules import Canal, Pour
from sne.referentiels.rules import parametres_par_defaut
from sne.socle.sortie import client

Regler = Callable[..., None]
LISENT_LES_PARAMETRES = (allumage, appel, etat, moteur)
ICI = Pour("099", Canal.GUICHET)


@dataclass(frozen=True, slots=True)
class Simulateur:
    """The running simulator."""

    url: str

    def regler(self, **travers: str) -> None:
        """How each service fails from now on, the others not at all; what was asked is forgotten."""
        self._parler(json.dumps(travers).encode())

    def vus(self) -> list[str]:
        """What was asked since."""
        return list(self._parler(None)["vus"])

    def _parler(self, corps: bytes | None) -> Any:
        with urllib.request.urlopen(f"{self.url}/_travers", corps) as lue:
            return json.load(lue)


@pytest.fixture(scope="session")
def processus() -> Iterator[Simulateur]:
    """One for the whole run: it starts in no time, but not in none."""
    commande = [sys.executable, "-m", "sne.connecteurs.simulateur"]
    with subprocess.Popen(commande, stdout=subprocess.PIPE, text=True) as enfant:
        assert enfant.stdout is not None
        yield Simulateur(f"http://127.0.0.1:{int(enfant.stdout.readline())}")
        client().close()
        client.cache_clear()
        enfant.terminate()


@pytest.fixture
def simulateur(processus: Simulateur, settings: Any) -> Simulateur:
    """Honest at first; nothing is remembered of another test."""
    processus.regler()
    ban.memoire.vider()
    entreprises.memoire.vider()
    settings.CONNECTEURS = {
        "BAN": f"{processus.url}/ban",
        "ENTREPRISES": f"{processus.url}/entreprises",
        "DRM": f"{processus.url}/drm",
    }
    return processus


@pytest.fixture
def regler(monkeypatch: pytest.MonkeyPatch) -> Regler:
    """Dated parameters of an operator: ``regler(connecteurs_eteints=["BAN"])``."""

    def regler(**valeurs: Any) -> None:
        for module in LISENT_LES_PARAMETRES:
            monkeypatch.setattr(
                module, "get_parametres", lambda le: parametres_par_defaut(le).avec(**valeurs)
            )

    return regler
