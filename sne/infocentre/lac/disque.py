"""Where the files of the lake are: their folder, a place to work in, what no list names any more."""

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

TRAVAIL = "travail"
ORPHELIN = timedelta(
    hours=1
)  # beyond, a file that the manifest does not name is of a pouring that was killed


def dossier_du_lac() -> Path:
    """The folder of the lake: the service alone reads it."""
    dossier = Path(settings.DOSSIER_LAC)
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    return dossier


@contextmanager
def dossier_de_travail() -> Iterator[Path]:
    """A folder of one's own, gone on leaving; a killed process's is swept with the orphans."""
    racine = dossier_du_lac() / TRAVAIL
    racine.mkdir(exist_ok=True, mode=0o700)
    dossier = Path(tempfile.mkdtemp(dir=racine))
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
