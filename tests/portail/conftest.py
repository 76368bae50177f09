"""The households' door as its own process sets it, in the process of the tests."""

import importlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.urls import clear_url_caches
from django.utils import translation

from config.settings.base import base_de_donnees
from sne.referentiels.selectors import oublier

REGLAGES = (
    "ROOT_URLCONF",
    "MIDDLEWARE",
    "AUTHENTICATION_BACKENDS",
    "TEMPLATES",
    "LANGUAGE_CODE",
    "LANGUAGES",
    "CSRF_COOKIE_NAME",
    "CSRF_FAILURE_VIEW",
    "SECURE_CSP",
)


@pytest.fixture
def porte(settings: Any) -> Iterator[Client]:
    """A browser in front of the portal."""
    portail = importlib.import_module("config.settings.portail")
    for nom in REGLAGES:
        setattr(settings, nom, getattr(portail, nom))
    clear_url_caches()
    with translation.override("fr"):
        yield Client()
    clear_url_caches()


@contextmanager
def servie_par_le_portail() -> Iterator[None]:
    """Until the end, the database is asked as the portal asks it: under its own role. For tests that commit."""
    connexion = connections["default"]
    d_avant = {nom: connexion.settings_dict[nom] for nom in ("USER", "PASSWORD")}
    sien = base_de_donnees(os.environ["SNE_PORTAIL_RUNTIME_URL"])
    try:
        connexion.close()
        oublier()
        connexion.settings_dict.update({nom: sien[nom] for nom in d_avant})
        yield
    finally:
        connexion.close()
        connexion.settings_dict.update(d_avant)
