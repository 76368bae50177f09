"""Fixtures of the messages: a folder of one's own, a running mail server."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.notifications.serveurs import Boite, serveur_de_courriel


@pytest.fixture(autouse=True)
def envois(var: Path) -> None:
    """Nothing leaves the folder of a test."""


@pytest.fixture
def boite(settings: Any) -> Iterator[Boite]:
    """What a mail server received: it is the one of this test."""
    with serveur_de_courriel() as (url, recue):
        settings.SMTP_URL = url
        yield recue
