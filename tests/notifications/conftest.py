"""Fixtures of the messages: a folder of one's own, a running mail server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.notifications.serveurs import Boite, serveur_de_courriel


@pytest.fixture(autouse=True)
def var(settings: Any, tmp_path: Path) -> Path:
    """Files of the sending go to this test's own folder; no mail server is set."""
    settings.DOSSIER_VAR, settings.SMTP_URL = tmp_path, ""
    return tmp_path


@pytest.fixture
def boite(settings: Any) -> Iterator[Boite]:
    """What a mail server received: it is the one of this test."""
    with serveur_de_courriel() as (url, recue):
        settings.SMTP_URL = url
        yield recue
