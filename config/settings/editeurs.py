"""Settings of the vendors' listener: no session, no form, no screen; a certificate says who calls."""

from config.settings.web import *  # noqa: F403
from config.settings.web import INSTALLED_APPS

ROOT_URLCONF = "config.urls_editeurs"
WSGI_APPLICATION = "config.wsgi_editeurs.application"
SANS_ECRAN = {
    "sne.guichet",
    "sne.portail",
    "sne.saisie",
    "dsfr",
    "widget_tweaks",
    "django.contrib.staticfiles",
}
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in SANS_ECRAN]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sne.socle.journalisation.JournalisationMiddleware",
]
ALLOWED_HOSTS = [
    "*"
]  # a known client names the national service whatever it calls, and nothing here depends on it
SECURE_SSL_REDIRECT = False  # TLS ends at this listener or at its proxy; no client follows a redirection
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 << 20  # bytes; the dated limits are under it
