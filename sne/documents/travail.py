"""The folder where one reception or one opening works, in clear text, for a moment; a killed process's is swept."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

PREFIXE, VERROU = "travail-", "verrou"


def racine() -> Path:
    """Where these folders are: readable by the service alone, on the same file system as the store on disk."""
    dossier = Path(settings.DOSSIER_DOCUMENTS) / "travail"
    dossier.mkdir(mode=0o700, parents=True, exist_ok=True)
    return dossier


@contextmanager
def dossier_de_travail() -> Iterator[Path]:
    """A folder of one's own, locked while its process lives, gone on leaving."""
    dossier = Path(tempfile.mkdtemp(prefix=PREFIXE, dir=racine()))
    try:
        with (dossier / VERROU).open("w") as verrou:
            fcntl.flock(verrou, fcntl.LOCK_EX)
            yield dossier
    finally:
        shutil.rmtree(dossier, ignore_errors=True)


def list_abandonnes() -> list[Path]:
    """Folders whose process is gone: nobody holds their lock."""
    return [d for d in sorted(racine().glob(f"{PREFIXE}*")) if _est_abandonne(d)]


def balayer_travail() -> int:
    """Remove the folders whose process is gone; returns how many."""
    abandonnes = list_abandonnes()
    for dossier in abandonnes:
        shutil.rmtree(dossier, ignore_errors=True)
    return len(abandonnes)


def _est_abandonne(dossier: Path) -> bool:
    try:
        with (dossier / VERROU).open() as verrou:
            fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
    except BlockingIOError:
        return False
    except FileNotFoundError:  # not locked yet, killed before it was, or leaving just now
        return not any(dossier.glob("*")) and _est_vieux(dossier)


def _est_vieux(dossier: Path) -> bool:
    """Older than the instant between making a folder and locking it."""
    try:
        fait_le = dossier.stat().st_mtime
    except FileNotFoundError:
        return False
    return fait_le + 60 < _horloge_du_disque()


def _horloge_du_disque() -> float:
    """The file system's own time: that of a file just written."""
    with tempfile.NamedTemporaryFile(dir=racine()) as temoin:
        return Path(temoin.name).stat().st_mtime
