"""Files of a form while they come in: in a file without a name, so that a process killed leaves nothing in clear.

Django's own keeps large ones under a name in the machine's temporary folder. Small ones stay in memory, as with it.
"""

import tempfile
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from sne.documents.travail import racine


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
