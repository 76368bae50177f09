"""Plays a script with PostgreSQL's own load generator: the limit that our paths are compared with."""

import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sne.bench.rules import Tranche
from sne.socle.postgres import dossier_des_binaires

MICROSECONDES_PAR_MS = 1000


class MesureImpossible(RuntimeError):
    """A measure could not be made; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Script:
    """Statements for ``pgbench``, and the variables (JSON documents) that they use."""

    ordres: str
    documents: Mapping[str, str]


def jouer(script: Script, *, url: str, clients: int, secondes: float) -> Tranche:
    """Play the script from ``clients`` connections during ``secondes``, prepared statements included.

    Raises :class:`MesureImpossible` with the end of what pgbench said.
    """
    with tempfile.TemporaryDirectory() as dossier:
        fichier = Path(dossier) / "script.sql"
        fichier.write_text(script.ordres, encoding="utf-8")
        commande = [str(dossier_des_binaires() / "pgbench"), "--no-vacuum", "--protocol=prepared"]
        commande += [f"--client={clients}", "--jobs=2", f"--time={secondes:.0f}", f"--file={fichier}"]
        commande += ["--log", f"--log-prefix={dossier}/acte"]
        commande += [f"--define={nom}={valeur}" for nom, valeur in script.documents.items()]
        fait = subprocess.run([*commande, url], capture_output=True, text=True, check=False)
        if fait.returncode:
            raise MesureImpossible(f"pgbench s’est arrêté :\n{fait.stderr[-1500:]}")
        latences = lire_journaux(Path(dossier))
    return Tranche(len(latences), float(round(secondes)), latences)


def lire_journaux(dossier: Path) -> tuple[float, ...]:
    """Time of each transaction (milliseconds): the third column of pgbench's logs, in microseconds."""
    return tuple(
        int(ligne.split()[2]) / MICROSECONDES_PAR_MS
        for journal in sorted(dossier.glob("acte*"))
        for ligne in journal.read_text().splitlines()
    )
