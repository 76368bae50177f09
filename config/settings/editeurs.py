"""Settings of the process that answers the software of vendors: neither session, nor form, nor screen."""

from config.settings.web import *  # noqa: F403
from config.settings.web import SECURE_CSP, STORAGES, TEMPLATES

ROOT_URLCONF = "config.urls_editeurs"
INSTALLED_APPS = [  # those that hold a table which an act reads, and what draws the page of the contract
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "procrastinate.contrib.django",
    "ninja",
    "sne.socle",
    "sne.journal",
    "sne.documents",
    "sne.notifications",
    "sne.referentiels",
    "sne.connecteurs",
    "sne.oidc",
    "sne.demandeurs",
    "sne.habilitations",
    "sne.registre",
    "sne.attestations",
    "sne.api",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sne.api.middleware.AppelMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
AUTHENTICATION_BACKENDS = []
TEMPLATES = [{**TEMPLATES[0], "OPTIONS": {"context_processors": []}}]
SECURE_CSP = {**SECURE_CSP}
STORAGES = {**STORAGES}
APPEND_SLASH = False
SECURE_SSL_REDIRECT = False  # a message in clear is refused by who stands before, never sent elsewhere
API_PORTIER = "sne.api.branchements.portier"
API_MEMOIRE = "sne.api.branchements.memoire"
