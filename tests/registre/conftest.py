"""Whoever acts in most tests of the register, and what holds after each of them: work lists forget nothing."""

from collections.abc import Iterator

import pytest
from django.db import connection

from sne.habilitations.rules import Role
from sne.registre.attente.selectors import list_ecarts
from sne.socle.acteur import Acteur
from tests.registre import factories as f


@pytest.fixture
def agent() -> Acteur:
    return f.creer_acteur()


@pytest.fixture
def gt() -> Acteur:
    return f.creer_acteur(Role.GESTIONNAIRE_TERRITORIAL)


@pytest.fixture(autouse=True)
def listes_completes(request: pytest.FixtureRequest) -> Iterator[None]:
    """After each test whose transaction is undone: what the lists hold is what is due."""
    yield
    dans_une_base = "_django_db_helper" in request.fixturenames and connection.in_atomic_block
    if dans_une_base and not connection.needs_rollback and "listes_laissees" not in request.keywords:
        assert list_ecarts() == ()
