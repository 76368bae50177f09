"""A whole simulation: a server and a database of its own, two processes on it, and nothing left unless asked for."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from sne.socle.bases import Acces
from sne.socle.postgres import Serveur, environnement

RACINE = Path(__file__).resolve().parents[2]
DOSSIER = RACINE / "var" / "simulation"
BASE = "sne_simulation"
ENTRETIEN = 15.0  # seconds between two looks at the tables by their owner: statistics, dead rows


class SimulationImpossible(RuntimeError):
    """The simulation could not be run to its end; the message is a French sentence."""


def simuler(annees: int, taille: int, graine: int, *, garder: Path | None = None) -> dict[str, Any]:
    """Live that many years with that many households; the report of :mod:`sne.simulation.rapport`.

    ``garder``: an empty or new folder where the database is left; without it, nothing is.
    Raises :class:`SimulationImpossible` and ``ServeurIndisponible``, whose messages are French sentences.
    """
    with _serveur(garder) as serveur:
        acces = serveur.preparer(BASE)
        _lancer("preparation", variables=_variables(acces, serveur.dossier, role="owner"))
        sortie = _lancer(
            "deroulement",
            str(annees),
            str(taille),
            str(graine),
            variables=_variables(acces, serveur.dossier, role="runtime"),
            entretenir=acces.owner,
        )
    resultat: dict[str, Any] = json.loads(sortie)
    return resultat


@contextmanager
def _serveur(garder: Path | None) -> Iterator[Serveur]:
    """An embedded server, never that of ``DATABASE_URL``: a simulation meets no register."""
    dossier = garder or DOSSIER / str(os.getpid())
    if garder is None:  # a run that was killed may have left its own there
        shutil.rmtree(dossier, ignore_errors=True)
    if dossier.exists() and (not dossier.is_dir() or any(dossier.iterdir())):
        raise SimulationImpossible(f"Le dossier {dossier} n’est pas vide. Donnez-en un autre, ou videz-le.")
    serveur = Serveur(dossier, jetable=True, lie=True)
    try:
        serveur.demarrer()
        yield serveur
    finally:
        serveur.arreter()
        if garder is None:
            shutil.rmtree(serveur.dossier, ignore_errors=True)


def _variables(acces: Acces, dossier: Path, *, role: str) -> dict[str, str]:
    return {
        **environnement(acces),
        "SNE_DOSSIER": str(dossier),
        "SNE_OWNER_URL": acces.owner if role == "owner" else "",
        "SNE_ROLE": role,
        "DJANGO_SETTINGS_MODULE": "config.settings.base",
    }


def _lancer(etape: str, *arguments: str, variables: dict[str, str], entretenir: str = "") -> str:
    """Run a step to its end, its progress shown on our own error output; what it wrote. ``entretenir``: owner's URL."""
    commande = [sys.executable, "-m", f"sne.simulation.{etape}", *arguments]
    with subprocess.Popen(
        commande, cwd=RACINE, env={**os.environ, **variables}, stdout=subprocess.PIPE, text=True
    ) as enfant:
        try:
            while True:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    sortie, _ = enfant.communicate(timeout=ENTRETIEN if entretenir else None)
                    break
                _entretenir(entretenir)
        except BaseException:
            enfant.kill()
            raise
    if enfant.returncode:
        raise SimulationImpossible("La simulation s’est arrêtée avant la fin : la raison est plus haut.")
    return sortie


def _entretenir(url: str) -> None:
    """What a server does by itself when it is not thrown away."""
    with psycopg.connect(url, autocommit=True) as connexion:
        connexion.execute("VACUUM ANALYZE")
