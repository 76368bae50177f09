"""Subscriptions have a lake, a mailbox, a territorial manager and a national operator."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sne.habilitations.models import Compte
from tests.habilitations.factories import creer_exploitation, creer_gestionnaire
from tests.infocentre.abonnements.monde import le
from tests.notifications.serveurs import Boite, serveur_de_courriel

DEBUT = le(2024, 1, 2)


@pytest.fixture(autouse=True)
def envois(var: Path) -> None:
    """Nothing leaves the folder of a test."""


@pytest.fixture
def boite(settings: Any) -> Iterator[Boite]:
    """What a mail server received: it is the one of this test."""
    with serveur_de_courriel() as (url, recue):
        settings.SMTP_URL = url
        yield recue


@pytest.fixture
def gt() -> Compte:
    """Who manages the territory."""
    return creer_gestionnaire(courriel="gt@exemple.fr", le=DEBUT)


@pytest.fixture
def operateur() -> Compte:
    """Who makes the service run."""
    return creer_exploitation(courriel="operateur@exemple.fr", le=DEBUT)
