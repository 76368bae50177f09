"""Loading as the owner role, in a transaction that is rolled back; nothing kept from one test to the next."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connections, transaction
from django.db.utils import load_backend

from config.settings.base import base_de_donnees
from sne.referentiels import selectors


@pytest.fixture
def en_owner(django_db_setup: None, django_db_blocker: Any, url_owner: str) -> Iterator[None]:
    """The default connection is the owner's: what is loaded is seen by the selectors, then undone."""
    ancienne = connections["default"]
    reglages = {**ancienne.settings_dict, **base_de_donnees(url_owner)}
    with django_db_blocker.unblock():
        connexion = load_backend(reglages["ENGINE"]).DatabaseWrapper(reglages, alias="default")
        connections["default"] = connexion
        selectors.oublier()
        try:
            with transaction.atomic():
                yield
                connexion.check_constraints()
                transaction.set_rollback(True)
        finally:
            connexion.close()
            connections["default"] = ancienne
            selectors.oublier()
