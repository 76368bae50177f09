"""The households' door as its own process sets it, in the process of the tests."""

import importlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import connections
from django.test import Client, override_settings
from django.urls import clear_url_caches
from django.utils import translation

from config.settings.base import base_de_donnees
from sne.portail import franceconnect, limite
from sne.referentiels.selectors import oublier
from sne.simulation.fournisseur.personnes import pivot
from sne.simulation.fournisseur.protocole import FRANCECONNECT, Fournisseur, Partenaire
from sne.simulation.fournisseur.serveur import Serveur
from tests.registre import factories as f
from tests.registre.avis.avis import HEURE

ELODIE = pivot("elodie", "", ("Élodie Anne", "DUBREUIL", "1987-03-14", "female", "76540"))
NADIA = pivot("nadia", "", ("Nadia Rose", "OUVRARD", "1996-12-04", "female", "13055"))
HUGO = pivot("hugo", "", ("Hugo", "BLANCHET", "2009-08-25", "male", "31555"))
KARIM = pivot("karim", "", ("Karim", "HADDAD", "1987-03-14", "male", "76540"))
AIDANTS = "aidants-connect"
YVONNE = pivot("yvonne", "", ("Elodie Anne", "DUBREUIL", "1987-03-14", "female", "76540"), idp_id=AIDANTS)
PORTAIL = "http://localhost:8001"
REGLAGES = (
    "ROOT_URLCONF",
    "MIDDLEWARE",
    "AUTHENTICATION_BACKENDS",
    "TEMPLATES",
    "LANGUAGE_CODE",
    "EFFACE_LES_DOCUMENTS",
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
def chez_les_professionnels() -> Iterator[None]:
    """Until the end, requests are those of the professionals' site; a browser is of the site of its first one."""
    reglages = importlib.import_module("config.settings.test")
    connus = {nom: getattr(reglages, nom) for nom in REGLAGES if hasattr(reglages, nom)}
    with override_settings(**connus):
        clear_url_caches()
        yield
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


@contextmanager
def franceconnect_joue(settings: Any, portail: str) -> Iterator[Fournisseur]:
    """A provider in this process, by the protocol of the demonstration's, registered for a portal at this address."""
    serveur = Serveur()
    retours = f"{portail}/connexion/retour/", f"{portail}/deconnexion/retour/"
    profil = replace(FRANCECONNECT, personnes=(ELODIE, NADIA, HUGO, YVONNE, KARIM))
    partenaire = Partenaire("sne", "secret", *retours)
    serveur.fournisseur = Fournisseur(serveur.emetteur, profil, partenaire, f.MAINTENANT.timestamp)
    threading.Thread(target=serveur.serve_forever, args=(0.02,), daemon=True).start()
    settings.FRANCECONNECT = {"emetteur": serveur.emetteur, "client_id": "sne", "secret": "secret"}
    settings.FC_AIDANTS = (AIDANTS,)
    settings.URL_MENAGES, settings.DEMONSTRATION = portail, True
    origine = serveur.emetteur.removesuffix("/api/v2")
    settings.SECURE_CSP = {**settings.SECURE_CSP, "form-action": ["'self'", origine]}
    limite.oublier()
    franceconnect._client.cache_clear()
    try:
        yield serveur.fournisseur
    finally:
        franceconnect._client.cache_clear()
        serveur.shutdown()
        serveur.server_close()


@pytest.fixture
def fc(porte: Client, settings: Any, tmp_path: Path) -> Iterator[Fournisseur]:
    """FranceConnect played; a day that does not end, and a folder of one's own for what is sent."""
    settings.DOSSIER_DOCUMENTS = tmp_path / "documents"
    with franceconnect_joue(settings, PORTAIL) as fournisseur, time_machine.travel(f.MAINTENANT, tick=False):
        yield fournisseur


@pytest.fixture
def un_jour_sans_fin() -> Iterator[None]:
    """No clock goes on."""
    with time_machine.travel(f.MAINTENANT, tick=False):
        yield


@pytest.fixture
def calme() -> Iterator[None]:
    """An hour later than the demandes, and nobody has tried anything yet."""
    limite.oublier()
    with time_machine.travel(f.MAINTENANT + HEURE, tick=False):
        yield
    limite.oublier()
