"""Fixtures of the documents: a store on disk of one's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from config.settings.base import storage_sur_disque
from tests.documents.serveurs import ServeurS3, reglages_s3, serveur_s3


@pytest.fixture(autouse=True)
def dossier(settings: Any, tmp_path: Path) -> Path:
    """Folder of this test's store and of its work."""
    settings.DOSSIER_DOCUMENTS = tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}
    return tmp_path


@pytest.fixture(scope="session")
def _serveur_s3() -> Iterator[ServeurS3]:
    serveur = serveur_s3()
    yield serveur
    serveur.arreter()


@pytest.fixture
def s3(settings: Any, dossier: Path, _serveur_s3: ServeurS3) -> ServeurS3:
    """An S3 server with an empty bucket, known of the settings; documents still go to the disk."""
    _serveur_s3.vider()
    settings.STORAGES = {**settings.STORAGES, "documents_s3": reglages_s3(_serveur_s3.adresse)}
    return _serveur_s3
