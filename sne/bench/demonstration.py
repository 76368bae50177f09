"""The whole service as ``make demo`` runs it, looked at from outside: how it starts, what it holds in memory."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sne.bench.atelier import RACINE, Identifiants
from sne.bench.pgbench import MesureImpossible
from sne.demo.port import port_libre

VARIABLE_DU_DOSSIER = "SNE_DEMO_DOSSIER"
DELAI = 600.0  # seconds for a first start
KIO = 1024


@dataclass(frozen=True, slots=True)
class Demonstration:
    """A running demonstration: its port, what it publishes, how long it took to start (seconds)."""

    port: int
    description: dict[str, Any]
    demarrage: float

    @property
    def agent(self) -> Identifiants:
        """What signs its first account in."""
        compte = self.description["comptes"][0]
        return Identifiants(compte["courriel"], compte["mot_de_passe"], compte["totp"])

    def processus(self) -> list[int]:
        """Every process of it: the supervisor and all that descends from it."""
        return descendance(int(self.description["processus"]["superviseur"]))

    def travailleurs_web(self) -> list[int]:
        """The processes that answer: children of the web server's."""
        return descendance(int(self.description["processus"]["web"]))[1:]


@contextmanager
def demonstration(dossier: Path, *, taille: int) -> Iterator[Demonstration]:
    """Start ``sne demo`` in a folder of its own, until its description is published; stop it at the end.

    Raises :class:`MesureImpossible` with what it said when it does not start.
    """
    port, journal = port_libre(), dossier.with_suffix(".log")
    dossier.mkdir(parents=True, exist_ok=True)
    propre = {c: v for c, v in os.environ.items() if not c.startswith(("SNE_", "DJANGO_", "DATABASE_URL"))}
    debut = time.monotonic()
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(
            [sys.executable, "-m", "sne.cli.principal", "demo", "--port", str(port), "--taille", str(taille)],
            cwd=RACINE,
            env={**propre, VARIABLE_DU_DOSSIER: str(dossier)},
            stdin=subprocess.DEVNULL,
            stdout=sortie,
            stderr=sortie,
        )
    try:
        description = _attendre(dossier / "demo.json", processus, journal)
        yield Demonstration(port, description, time.monotonic() - debut)
    finally:
        processus.send_signal(signal.SIGINT)
        processus.wait(timeout=60)


def _attendre(description: Path, processus: subprocess.Popen[bytes], journal: Path) -> dict[str, Any]:
    limite = time.monotonic() + DELAI
    while processus.poll() is None and time.monotonic() < limite:
        if description.exists():
            return dict(json.loads(description.read_text()))
        time.sleep(0.05)
    raise MesureImpossible(
        f"La démonstration ne démarre pas :\n{journal.read_text(errors='replace')[-1500:]}"
    )


def descendance(pid: int) -> list[int]:
    """A process, its children, their children, in that order."""
    enfants: dict[int, list[int]] = {}
    for etat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(etat.read_text().rpartition(")")[2].split()[1])
        except FileNotFoundError:  # it ended meanwhile
            continue
        enfants.setdefault(parent, []).append(int(etat.parent.name))
    trouves = [pid]
    for suivant in trouves:
        trouves += enfants.get(suivant, [])
    return trouves


def memoire(pid: int, mesure: str) -> int:
    """``Rss`` or ``Pss`` of a process, in bytes."""
    for ligne in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if ligne.startswith(f"{mesure}:"):
            return int(ligne.split()[1]) * KIO
    raise MesureImpossible(f"Mémoire du processus {pid} : mesure {mesure} absente.")
