"""Where the files of the lake are: their folder, a place to work in, what no list names any more."""

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from sne.infocentre.moteur.lancer import MoteurAbsent, MoteurEnPanne

TRAVAIL = "travail"
ORPHELIN = timedelta(
    hours=1
)  # beyond, a file that the manifest does not name is of a pouring that was killed
SANS_LAC = (
    "Les fichiers des statistiques ne sont pas accessibles en ce moment. Les tableaux d’aujourd’hui se lisent "
    "toujours\u00a0; réessayez plus tard pour le reste."
)
AILLEURS = (
    "Ce calcul se fait sur une autre machine, qui ne répond pas en ce moment. Les tableaux d’aujourd’hui se lisent "
    "toujours\u00a0; réessayez plus tard pour le reste."
)


class LacInaccessible(MoteurEnPanne):
    """The folder of the lake does not answer, or has not the files that were poured: its disk is not there."""


def pourquoi(panne: MoteurEnPanne, sinon: str) -> str:
    """What readers are told: that the files are away, that another machine counts, or ``sinon``."""
    if isinstance(panne, MoteurAbsent):
        return AILLEURS
    return SANS_LAC if isinstance(panne, LacInaccessible) else sinon


def dossier_du_lac() -> Path:
    """The folder of the lake: the service alone reads it. Raises ``LacInaccessible``."""
    dossier = Path(settings.DOSSIER_LAC)
    try:
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as absent:
        raise LacInaccessible(f"the folder of the lake: {absent}") from absent
    return dossier


def exiger_present(chemin: str) -> Path:
    """Where a file of the manifest is. Raises ``LacInaccessible`` when it is not there."""
    fichier = Path(settings.DOSSIER_LAC) / chemin
    try:
        present = fichier.is_file()
    except OSError as absent:  # a disk that fails, a share that went away
        raise LacInaccessible(f"a file of the lake cannot be looked at: {absent}") from absent
    if not present:
        raise LacInaccessible(f"a file of the lake is not there: {fichier}")
    return fichier


@contextmanager
def dossier_de_travail() -> Iterator[Path]:
    """A folder of one's own, gone on leaving; a killed process's is swept with the orphans.

    Raises ``LacInaccessible``.
    """
    racine = dossier_du_lac() / TRAVAIL
    try:
        racine.mkdir(exist_ok=True, mode=0o700)
        dossier = Path(tempfile.mkdtemp(dir=racine))
    except OSError as plein:
        raise LacInaccessible(f"no place to work in the lake: {plein}") from plein
    try:
        yield dossier
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def balayer(nommes: Collection[str], *, le: datetime) -> int:
    """Remove the files that ``nommes`` (paths from the folder of the lake) does not hold, an hour old; how many."""
    racine = dossier_du_lac()
    vieux = [
        f
        for f in racine.rglob("*")
        if f.is_file()
        and str(f.relative_to(racine)) not in nommes
        and f.stat().st_mtime < (le - ORPHELIN).timestamp()
    ]
    for fichier in vieux:
        fichier.unlink(missing_ok=True)
    return len(vieux)
