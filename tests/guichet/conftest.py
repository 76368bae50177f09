"""A signed-in counter agent, on the day of the tests."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from sne.habilitations.models import Compte
from tests.habilitations.factories import connecter, creer_agent
from tests.registre.factories import MAINTENANT


@pytest.fixture
def jour_des_essais() -> Iterator[None]:
    """24 November 2026, and time does not pass."""
    with time_machine.travel(MAINTENANT, tick=False):
        yield


@pytest.fixture
def compte(db: None, jour_des_essais: None) -> Compte:
    """An agent of guichet G0993."""
    return creer_agent()


@pytest.fixture
def agent(compte: Compte) -> Client:
    """The same, signed in."""
    return connecter(Client(), compte)
