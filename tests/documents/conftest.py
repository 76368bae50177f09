"""Fixtures of the documents: a store on disk of one's own."""

from pathlib import Path
from typing import Any

import pytest

from config.settings.base import storage_sur_disque


@pytest.fixture(autouse=True)
def dossier(settings: Any, tmp_path: Path) -> Path:
    """Folder of this test's store and of its work."""
    settings.DOSSIER_DOCUMENTS = tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}
    return tmp_path
