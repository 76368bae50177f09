"""The store of production: a bucket of any S3-speaking service, through django-storages."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import storages
from storages.backends.s3 import S3Storage

from sne.documents.magasins.port import Absent, MagasinEnPanne

MORCEAU = 64 * 1024
PAR_PAGE = 1000  # addresses listed by one request
CONNEXION_SECONDES, REPONSE_SECONDES, ESSAIS = 3, 10, 2  # a person waits behind these


class StockageS3(S3Storage):  # type: ignore[misc]  # the library has no types
    """How to speak to the service."""

    def get_default_settings(self) -> dict[str, Any]:
        return {
            **super().get_default_settings(),
            "file_overwrite": True,
            "default_acl": None,
            "client_config": Config(
                s3={"addressing_style": "path"},
                signature_version="s3v4",
                connect_timeout=CONNEXION_SECONDES,
                read_timeout=REPONSE_SECONDES,
                retries={"mode": "standard", "total_max_attempts": ESSAIS},
                # Services that are not Amazon's often know neither trailers nor newer checksums.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        }


class MagasinS3:
    """Objects in the bucket of the storage ``documents_s3``."""

    def __init__(self) -> None:
        storage = storages["documents_s3"]
        assert isinstance(storage, StockageS3)
        self.storage = storage
        self._client: Any = (
            storage.connection.meta.client
        )  # one for all threads: the storage makes one for each

    def deposer(self, adresse: str, fichier: Path) -> None:
        """In one request: killed in the middle, nothing half-made is left, or paid for, in the bucket."""
        with _panne(), fichier.open("rb") as flux:
            self._client.put_object(Bucket=self.storage.bucket_name, Key=adresse, Body=flux)

    def lire(self, adresse: str, *, debut: int = 0) -> Iterator[bytes]:
        with _panne():
            plage = {"Range": f"bytes={debut}-"} if debut else {}
            reponse = self._client.get_object(Bucket=self.storage.bucket_name, Key=adresse, **plage)
            with closing(reponse["Body"]) as corps:
                yield from corps.iter_chunks(MORCEAU)

    def taille(self, adresse: str) -> int:
        with _panne():
            return int(
                self._client.head_object(Bucket=self.storage.bucket_name, Key=adresse)["ContentLength"]
            )

    def supprimer(self, adresse: str) -> None:
        with _panne():
            self._client.delete_object(Bucket=self.storage.bucket_name, Key=adresse)

    def lister(self) -> Iterator[tuple[str, int]]:
        with _panne():
            pages = self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.storage.bucket_name, PaginationConfig={"PageSize": PAR_PAGE}
            )
            for page in pages:
                yield from ((objet["Key"], objet["Size"]) for objet in page.get("Contents", ()))


@contextmanager
def _panne() -> Iterator[None]:
    try:
        yield
    except ClientError as exc:
        absent = exc.response.get("Error", {}).get("Code") in {"NoSuchKey", str(int(HTTPStatus.NOT_FOUND))}
        raise (Absent("no such object") if absent else MagasinEnPanne(_sans_secret(exc))) from exc
    except (BotoCoreError, Boto3Error, OSError) as exc:
        raise MagasinEnPanne(_sans_secret(exc)) from exc


def _sans_secret(exc: Exception) -> str:
    """The kind of failure alone: messages of the library may quote requests."""
    return type(exc).__name__
