"""Start an engine in a process of its own: bounded in memory and time, without a secret of the service.

Nothing of it is imported here, so that a process which serves pages never loads it.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sne.socle import moteur

RACINE = Path(__file__).resolve().parents[3]
LECTURE_SECONDES, ECRITURE_SECONDES = 30, 3600
MEMOIRE_LECTURE, MEMOIRE_ECRITURE = "256MB", "1GB"


class MoteurEnPanne(RuntimeError):
    """The engine failed, or took too long; the message is what it said, for the technical log."""


class MoteurAbsent(MoteurEnPanne):
    """This machine has no engine: another one counts."""


def executer(ordre: Mapping[str, Any], *, travail: Path, ecrit: bool = False) -> Any:
    """What the engine answers to this order; ``travail``: a folder that it may fill. Raises ``MoteurEnPanne``."""
    if not moteur.est_installe():
        raise MoteurAbsent(moteur.ABSENT)
    reglages = {
        "memory_limit": MEMOIRE_ECRITURE if ecrit else MEMOIRE_LECTURE,
        "temp_directory": str(travail),
    }
    try:
        fait = subprocess.run(
            [sys.executable, "-m", "sne.infocentre.moteur.enfant"],
            input=json.dumps({**ordre, "reglages": reglages}),
            capture_output=True,
            text=True,
            cwd=RACINE,
            env={nom: valeur for nom, valeur in os.environ.items() if not nom.startswith("SNE_")},
            timeout=ECRITURE_SECONDES if ecrit or ordre.get("spark") else LECTURE_SECONDES,
            check=False,
        )
    except subprocess.TimeoutExpired as exc:
        raise MoteurEnPanne(f"no answer after {exc.timeout} s") from exc
    if fait.returncode:
        raise MoteurEnPanne(fait.stderr.strip()[-2000:] or f"ended with status {fait.returncode}")
    return json.loads(fait.stdout)
