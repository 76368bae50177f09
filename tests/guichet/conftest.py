"""Who is signed in at a counter, on the day of the tests."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from sne.habilitations.models import Compte
from tests.habilitations.factories import connecter, creer_agent, creer_gestionnaire, creer_responsable
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


@pytest.fixture
def gestionnaire(compte: Compte) -> Client:
    """A territorial manager of 099, signed in; ``compte`` freezes the day."""
    return connecter(Client(), creer_gestionnaire(le=MAINTENANT))


@pytest.fixture
def responsable(compte: Compte) -> Client:
    """The manager of guichet G0993, signed in."""
    return connecter(Client(), creer_responsable(le=MAINTENANT))
