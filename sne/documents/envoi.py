"""Files of a form while they come in: in a file without a name, so that a process killed leaves nothing in clear.

Django's own keeps large ones under a name in the machine's temporary folder. Small ones stay in memory, as with it.
Those beyond what any form takes are not read, only named: the form says so, and nothing typed beside them is lost.
"""

import io
import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

from sne.documents.travail import racine

LUS_AU_PLUS = 100  # files of one request; what a form says it takes is a dated parameter, and less


class FichierEcarte(UploadedFile):  # type: ignore[type-arg]  # generic for mypy only
    """A file that was not read: its name is all there is."""

    def __init__(self, nom: str | None) -> None:
        super().__init__(io.BytesIO(), nom, size=0)


class TropDeFichiers(FileUploadHandler):
    """Lets the bytes of files beyond the limit go by; it stands before those that keep them."""

    lus = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.lus += 1
        if self.lus > LUS_AU_PLUS:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 - Django's signature
        return None if self.lus > LUS_AU_PLUS else raw_data

    def file_complete(self, file_size: int) -> FichierEcarte | None:  # noqa: ARG002 - Django's signature
        return FichierEcarte(self.file_name) if self.lus > LUS_AU_PLUS else None


class FichierSansNom(FileUploadHandler):
    """Keeps a file beside the other work in clear; it is gone as soon as nobody holds it open."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.fichier = tempfile.TemporaryFile(dir=racine())  # noqa: SIM115 - closed with the request

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's signature
        self.fichier.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[bytes]":
        self.fichier.seek(0)
        return UploadedFile(
            self.fichier,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        if hasattr(self, "fichier"):
            self.fichier.close()
