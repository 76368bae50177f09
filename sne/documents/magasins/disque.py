"""The store of the demonstration, or of a service with a file system for it: a folder, through Django's storage."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage, storages

from sne.documents.magasins.port import Absent, MagasinEnPanne
from sne.socle.durable import rendre_durable

MORCEAU = 64 * 1024


class _FichierADeplacer(File):  # type: ignore[type-arg]  # not subscriptable when it runs
    """A file that Django's storage renames instead of copying: what is at an address is whole."""

    def temporary_file_path(self) -> str:
        """Where it is now, for the storage."""
        return str(self.name)


class MagasinDisque:
    """Objects under the location of the storage ``documents_disque``."""

    def __init__(self) -> None:
        storage = storages["documents_disque"]
        assert isinstance(storage, FileSystemStorage)
        self.storage = storage

    def deposer(self, adresse: str, fichier: Path) -> None:
        """The file is made lasting, then moved: after a power cut the address is whole or absent."""
        dossier = Path(self.storage.path(adresse)).parent
        with _panne(), fichier.open("rb") as flux:
            os.fsync(flux.fileno())
            a_noter = [dossier, *(d.parent for d in (dossier, *dossier.parents) if not d.exists())]
            self.storage.save(adresse, _FichierADeplacer(flux))
            for niveau in a_noter:  # a name is lasting once its folder is
                rendre_durable(niveau)

    def lire(self, adresse: str, *, debut: int = 0) -> Iterator[bytes]:
        with _panne(), self.storage.open(adresse, "rb") as flux:
            flux.seek(debut)
            while octets := flux.read(MORCEAU):
                yield octets

    def taille(self, adresse: str) -> int:
        with _panne():
            return self.storage.size(adresse)

    def supprimer(self, adresse: str) -> None:
        with _panne():
            self.storage.delete(adresse)

    def lister(self) -> Iterator[tuple[str, int]]:
        with _panne():
            yield from self._sous(Path(self.storage.location))

    def _sous(self, dossier: Path) -> Iterator[tuple[str, int]]:
        """A folder at a time: an address has three levels, so that none holds more than a few thousand files."""
        if not dossier.is_dir():
            return
        for chemin in sorted(dossier.iterdir()):
            if chemin.is_dir():
                yield from self._sous(chemin)
            else:
                yield chemin.relative_to(self.storage.location).as_posix(), chemin.stat().st_size


@contextmanager
def _panne() -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as exc:
        raise Absent("no such file") from exc
    except OSError as exc:
        raise MagasinEnPanne(exc.strerror or "the disk refuses") from exc
