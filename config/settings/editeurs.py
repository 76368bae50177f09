"""Settings of the processes that answer the software of vendors: neither session, nor form, nor screen."""

from importlib.util import find_spec
from pathlib import Path

from config.settings.web import *  # noqa: F403
from config.settings.web import INSTALLED_APPS, RACINE, STORAGES, TEMPLATES

ROOT_URLCONF = "config.urls_editeurs"
SANS_ECRAN = {
    "django.contrib.messages",
    "widget_tweaks",
    "dsfr",
    "sne.sensibilisation",
    "sne.suivi",
    "sne.infocentre",
    "sne.preuve",
    "sne.saisie",
    "sne.guichet",
    "sne.portail",
}
INSTALLED_APPS = [application for application in INSTALLED_APPS if application not in SANS_ECRAN]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sne.api.middleware.AppelMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTHENTICATION_BACKENDS = []
TEMPLATES = [
    {
        **TEMPLATES[0],
        "DIRS": [RACINE / "sne" / "api" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"context_processors": []},
    }
]
# The page of the contract is the library's, whose files are served where they are.
STATIC_ROOT = Path(find_spec("ninja").origin).parent / "static"  # type: ignore[union-attr, arg-type]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
APPEND_SLASH = False
SECURE_SSL_REDIRECT = False  # a message in clear is refused by who stands before, never sent elsewhere
API_PORTIER = "sne.api.branchements.PORTIER"
API_MEMOIRE = "sne.api.branchements.MEMOIRE"
