"""A scan is made in one step, and received in another that tells what it took."""

from pathlib import Path
from typing import Any

import pytest

from config.settings.base import storage_sur_disque
from sne.bench import preparation
from sne.documents.models import Document

pytestmark = pytest.mark.django_db(transaction=True)


def test_scan_is_made_then_received(settings: Any, tmp_path: Path) -> None:
    settings.DOSSIER_VAR = settings.DOSSIER_DOCUMENTS = tmp_path
    settings.STORAGES = {**settings.STORAGES, "documents_disque": storage_sur_disque(tmp_path)}
    octets = preparation.ETAPES["numeriser"](2)
    lu = preparation.ETAPES["recevoir_numerisation"](0)
    assert isinstance(lu, dict)
    assert lu["octets"] == octets
    assert lu["secondes"] > 0
    assert Document.objects.count() == 2
