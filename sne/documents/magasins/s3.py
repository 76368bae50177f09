"""The store of production: a bucket of any S3-speaking service, through django-storages."""

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from http import HTTPStatus
from pathlib import Path
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import storages
from storages.backends.s3 import S3Storage

from sne.documents.magasins.port import Absent, MagasinEnPanne
from sne.socle.sortie import borner

PLAGE = 1 << 20  # bytes read by one request: nothing is held open while whoever reads is slow
PAR_PAGE = 1000  # addresses listed by one request
CONNEXION_SECONDES, REPONSE_SECONDES, ESSAIS = 3, 10, 2  # a person waits behind these
TOTAL = 120.0  # seconds for one request and its second try: a file is some megabytes
_suivre: ContextVar[Callable[[socket.socket], None]] = ContextVar("suivre", default=lambda _: None)


class _Suivie:
    """A connection that tells its socket, as it opens it and each time it is asked something: some are kept."""

    sock: socket.socket | None

    def _new_conn(self) -> socket.socket:
        prise: socket.socket = super()._new_conn()  # type: ignore[misc]  # of the connection that this is put before
        _suivre.get()(prise)
        return prise

    def request(self, *dits: Any, **autres: Any) -> None:
        if self.sock is not None:
            _suivre.get()(self.sock)
        super().request(*dits, **autres)  # type: ignore[misc]


AWSHTTPConnectionPool.ConnectionCls = type("ConnexionSuivie", (_Suivie, AWSHTTPConnection), {})
AWSHTTPSConnectionPool.ConnectionCls = type("ConnexionSuivieTLS", (_Suivie, AWSHTTPSConnection), {})


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
        with _appel(), fichier.open("rb") as flux:
            self._client.put_object(Bucket=self.storage.bucket_name, Key=adresse, Body=flux)

    def lire(self, adresse: str, *, debut: int = 0) -> Iterator[bytes]:
        lus = PLAGE  # after a full range comes another; a service that knows no ranges gives all at once
        while lus == PLAGE:
            plage = f"bytes={debut}-{debut + PLAGE - 1}"
            with _appel():
                try:
                    reponse = self._client.get_object(
                        Bucket=self.storage.bucket_name, Key=adresse, Range=plage
                    )
                except ClientError as exc:
                    if _code(exc) != "InvalidRange":
                        raise
                    return  # nothing is left, or it is empty
                with closing(reponse["Body"]) as corps:
                    octets = corps.read()
            yield octets
            lus, debut = len(octets), debut + PLAGE

    def taille(self, adresse: str) -> int:
        with _appel():
            return int(
                self._client.head_object(Bucket=self.storage.bucket_name, Key=adresse)["ContentLength"]
            )

    def supprimer(self, adresse: str) -> None:
        with _appel():
            self._client.delete_object(Bucket=self.storage.bucket_name, Key=adresse)

    def lister(self) -> Iterator[tuple[str, int]]:
        pages = iter(
            self._client.get_paginator("list_objects_v2").paginate(
                Bucket=self.storage.bucket_name, PaginationConfig={"PageSize": PAR_PAGE}
            )
        )
        while True:
            with _appel():
                page = next(pages, None)
            if page is None:
                return
            yield from ((objet["Key"], objet["Size"]) for objet in page.get("Contents", ()))


@contextmanager
def _appel() -> Iterator[None]:
    """One question to the service: cut once it has lasted too long, whatever is sent meanwhile; it fails as ours do."""
    limite = time.monotonic() + TOTAL
    try:
        with borner(TOTAL) as suivre:
            jeton = _suivre.set(suivre)
            try:
                yield
            finally:
                _suivre.reset(jeton)
        if time.monotonic() >= limite:  # an answer that is cut in its headers looks whole
            raise TimeoutError
    except ClientError as exc:
        absent = _code(exc) in {"NoSuchKey", str(int(HTTPStatus.NOT_FOUND))}
        raise (Absent("no such object") if absent else MagasinEnPanne(_sans_secret(exc))) from exc
    except (BotoCoreError, Boto3Error, OSError) as exc:
        raise MagasinEnPanne(_sans_secret(exc)) from exc


def _code(exc: ClientError) -> str:
    return str(exc.response.get("Error", {}).get("Code"))


def _sans_secret(exc: Exception) -> str:
    """The kind of failure alone: messages of the library may quote requests."""
    return type(exc).__name__
