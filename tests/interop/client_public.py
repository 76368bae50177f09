"""The archive of the public client, which is not of the project: its code, the interface's own schemas."""

import atexit
import hashlib
import shutil
import tarfile
import tempfile
from functools import cache
from pathlib import Path

RACINE = Path(__file__).parents[2]
ARCHIVE = RACINE / ".outils" / "interop" / "libsne-0.1.0a8.tar.gz"
EMPREINTE = next(
    mot.removeprefix("--hash=sha256:")
    for mot in (RACINE / "outils" / "interop.txt").read_text().split()
    if mot.startswith("--hash")
)


@cache
def client_public() -> Path:
    """Where it is unpacked, for this process; its fingerprint is checked."""
    assert hashlib.sha256(ARCHIVE.read_bytes()).hexdigest() == EMPREINTE
    dossier = Path(tempfile.mkdtemp(prefix="interop-"))
    atexit.register(shutil.rmtree, dossier)
    with tarfile.open(ARCHIVE) as archive:
        archive.extractall(dossier, filter="data")
    return next(dossier.iterdir())


@cache
def schemas() -> Path:
    """The interface's own schemas and descriptions of services."""
    return client_public() / "ressources"
