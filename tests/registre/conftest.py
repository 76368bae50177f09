"""Whoever acts in most tests of the register: an agent of guichet G0993, the territorial manager."""

import pytest

from sne.habilitations.rules import Role
from sne.socle.acteur import Acteur
from tests.registre import factories as f


@pytest.fixture
def agent() -> Acteur:
    return f.creer_acteur()


@pytest.fixture
def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)
