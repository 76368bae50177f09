"""One supervised process: its own group, a log file, and an end that follows its supervisor's."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sne.socle.laisse import laisse

MARQUE = (
    "SNE_DEMO_ENFANT"  # variable that only children of a supervisor carry: the folder of their demonstration
)
DELAI_ARRET = 10.0  # seconds a process has to stop by itself
FENETRE_DE_CHUTES = 30.0  # seconds over which falls are counted
ATTENTE_MAXIMALE = 5.0  # seconds between two starts of a process that keeps falling


@dataclass(slots=True)
class Enfant:
    """A child process that is started again when it falls. Without ``journal`` it writes on our terminal."""

    nom: str
    commande: Sequence[str]
    environnement: Mapping[str, str]
    journal: Path | None = None
    processus: "subprocess.Popen[bytes] | None" = None
    chutes: list[float] = field(default_factory=list)
    reprise_a: float = 0.0

    @property
    def pid(self) -> int | None:
        return self.processus.pid if self.processus else None

    def vit(self) -> bool:
        return self.processus is not None and self.processus.poll() is None

    def lancer(self) -> None:
        """Start the process, in a new group so that Ctrl-C reaches the supervisor alone."""
        with contextlib.ExitStack() as pile:
            sortie = None
            if self.journal:
                self.journal.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                sortie = pile.enter_context(self.journal.open("ab"))
            self.processus = subprocess.Popen(
                [*laisse("TERM"), *self.commande],
                stdin=subprocess.DEVNULL,
                stdout=sortie,
                stderr=sortie,
                start_new_session=True,
                env={**os.environ, **self.environnement},
            )

    def surveiller(self) -> bool:
        """Start the process again if it fell, ever later if it keeps falling; True when it was started."""
        if self.vit():
            return False
        maintenant = time.monotonic()
        if self.processus is not None:
            self.tuer_le_groupe()
            self.processus = None
            self.chutes = [c for c in self.chutes if maintenant - c < FENETRE_DE_CHUTES] + [maintenant]
            self.reprise_a = maintenant + min(ATTENTE_MAXIMALE, 0.5 * (len(self.chutes) - 1))
        if maintenant < self.reprise_a:
            return False
        self.lancer()
        return True

    def demander_arret(self) -> None:
        if self.processus is not None and self.vit():
            self.processus.send_signal(signal.SIGTERM)

    def attendre_arret(self) -> None:
        """Wait for the end asked for; past ``DELAI_ARRET`` the whole group is killed."""
        if self.processus is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.processus.wait(timeout=DELAI_ARRET)
        self.tuer_le_groupe()

    def tuer_le_groupe(self) -> None:
        """Kill what remains of the group (workers of a killed master hold its port) and reap the leader."""
        if self.processus is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.processus.pid, signal.SIGKILL)
        self.processus.wait()

    def fin_du_journal(self, signes: int = 800) -> str:
        """The last lines of the log, to explain a failure."""
        return (
            self.journal.read_text(errors="replace")[-signes:]
            if self.journal and self.journal.exists()
            else ""
        )


def tuer_les_restes(dossier: Path) -> None:
    """Kill the children of an earlier run of this folder that outlived their supervisor.

    ``postgres`` is left to its own orderly stop: it holds the data.
    """
    marque = f"{MARQUE}={dossier}".encode()
    for processus in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            marquee = marque in (processus / "environ").read_bytes().split(b"\0")
            if marquee and (processus / "comm").read_text().strip() != "postgres":
                os.kill(int(processus.name), signal.SIGKILL)
