"""The folder where one reception or one opening works, in clear text, for a moment; a killed process's is swept."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from sne.socle import horloge

PREFIXE, NEUF, VERROU = "travail-", "neuf-", "verrou"
INSTANT = 60  # seconds between making a folder and locking it, at the very most


def racine() -> Path:
    """Where these folders are: readable by the service alone, on the same file system as the store on disk."""
    dossier = Path(settings.DOSSIER_DOCUMENTS) / "travail"
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    return dossier


@contextmanager
def dossier_de_travail() -> Iterator[Path]:
    """A folder of one's own, locked while its process lives, gone on leaving."""
    neuf = Path(tempfile.mkdtemp(prefix=NEUF, dir=racine()))
    dossier = neuf.with_name(PREFIXE + neuf.name.removeprefix(NEUF))
    try:
        with (neuf / VERROU).open("w") as verrou:
            fcntl.flock(verrou, fcntl.LOCK_EX)
            neuf.rename(dossier)  # seen under this name, it is locked
            yield dossier
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def list_abandonnes() -> list[Path]:
    """Folders whose process is gone: nobody holds their lock, or nobody took it in time."""
    sans_verrou = [d for d in sorted(racine().glob(f"{PREFIXE}*")) if not _est_tenu(d)]
    return sans_verrou + [d for d in sorted(racine().glob(f"{NEUF}*")) if _est_vieux(d)]


def balayer_travail() -> int:
    """Remove the folders whose process is gone; returns how many."""
    abandonnes = list_abandonnes()
    for dossier in abandonnes:
        shutil.rmtree(dossier, ignore_errors=True)
    return len(abandonnes)


def _est_tenu(dossier: Path) -> bool:
    try:
        with (dossier / VERROU).open() as verrou:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:  # its process was killed while it cleaned up, or is doing so
        return False
    return False


def _est_vieux(dossier: Path) -> bool:
    try:
        return dossier.stat().st_mtime + INSTANT < horloge.maintenant().timestamp()
    except FileNotFoundError:  # it has its name now
        return False
