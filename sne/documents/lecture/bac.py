"""Starts the reading process, waits for it within limits, and believes nothing of what it says beyond its shape."""

import json
import logging
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sne.documents.rules.bornes import Bornes
from sne.documents.rules.phrases import refus

ENFANT = "sne.documents.lecture.enfant"
REPONSE = "reponse.json"
SORTIE_PANNE = 70  # our own fault (a library is missing), not the file's
TROP_LENT = -999
FINS = {-signal.SIGXCPU: "TROP_LONG", TROP_LENT: "TROP_LONG", SORTIE_PANNE: "LECTURE_INDISPONIBLE"}
JOURNAL = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Acces:
    """What the process may touch: the folder it writes, the file it reads, others it reads, a program it executes."""

    dossier: Path
    source: Path
    lisibles: tuple[str, ...] = ()
    programme: str = ""


def demander(operation: str, acces: Acces, bornes: Bornes, **demande: Any) -> Mapping[str, Any]:
    """Run one operation in a process of its own, closed in; returns its answer.

    Raises ``DocumentRefuse`` for what it refused, and for its death, whatever the cause.
    """
    reponse = acces.dossier / REPONSE
    code = executer(operation, acces, bornes, **demande)
    if code:
        panne = _lire_reponse(reponse, bornes).get("panne") if code == SORTIE_PANNE else ""
        JOURNAL.log(
            logging.ERROR if panne else logging.INFO, "lecture_interrompue %s %s %s", operation, code, panne
        )
        raise refus(FINS.get(code, "ILLISIBLE"))
    lue = _lire_reponse(reponse, bornes)
    if "cause" in lue:
        JOURNAL.info("lecture_en_erreur %s %s", operation, str(lue["cause"])[:40])
    if "refus" in lue:
        valeurs = lue.get("valeurs")
        entiers = (
            {c: v for c, v in valeurs.items() if isinstance(v, int)} if isinstance(valeurs, dict) else {}
        )
        raise refus(str(lue["refus"]), **entiers)
    return lue


def executer(operation: str, acces: Acces, bornes: Bornes, **demande: Any) -> int:
    """Run one operation; returns the exit status of its process, 0 when it ended well."""
    dossier = acces.dossier.resolve()
    (dossier / REPONSE).unlink(missing_ok=True)
    recu = {
        "operation": operation,
        "dossier": str(dossier),
        "source": str(acces.source.resolve()),
        "lisibles": acces.lisibles,
        "programme": acces.programme,
        "bornes": bornes.en_dict(),
        "parent": os.getpid(),
        "demande": demande,
    }
    return _executer(json.dumps(recu), dossier, bornes)


def _executer(texte: str, dossier: Path, bornes: Bornes) -> int:
    """Exit status of the process; ``TROP_LENT`` when it did not end in time."""
    try:
        processus = subprocess.Popen(
            [sys.executable, "-I", "-X", "utf8", "-m", ENFANT],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=dossier,
            env={"HOME": str(dossier), "TMPDIR": str(dossier)},
            start_new_session=True,
        )
    except OSError as exc:
        raise refus("LECTURE_INDISPONIBLE") from exc
    try:
        processus.communicate(texte.encode(), timeout=bornes.duree)
    except subprocess.TimeoutExpired:
        return TROP_LENT
    finally:
        if processus.poll() is None:
            os.killpg(processus.pid, signal.SIGKILL)
            processus.wait()
    return processus.returncode


def _lire_reponse(reponse: Path, bornes: Bornes) -> dict[str, Any]:
    try:
        descripteur = os.open(reponse, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descripteur, "rb") as flux:
            lue = json.loads(flux.read(bornes.reponse))
    except (OSError, ValueError, RecursionError) as exc:
        raise refus("ILLISIBLE") from exc
    if not isinstance(lue, dict):
        raise refus("ILLISIBLE")
    return lue
