"""Settings of the listeners of vendors: no session, no form, no screen; a key or a certificate says who calls."""

from importlib.util import find_spec
from pathlib import Path

from config.settings.web import *  # noqa: F403
from config.settings.web import ECOLE, INSTALLED_APPS, RACINE, TEMPLATES

ROOT_URLCONF = "config.urls_editeurs"
WSGI_APPLICATION = "config.wsgi_editeurs.application"
SANS_ECRAN = {
    "django.contrib.messages",
    "django.contrib.staticfiles",
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
INSTALLED_APPS = [app for app in INSTALLED_APPS if app not in SANS_ECRAN]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "sne.api.middleware.AppelMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
if ECOLE:
    MIDDLEWARE[2:2] = ["sne.ecole.middleware.EnvironnementMiddleware", "sne.ecole.middleware.BacMiddleware"]
AUTHENTICATION_BACKENDS = []
TEMPLATES = [
    {
        **TEMPLATES[0],
        "DIRS": [RACINE / "sne" / "api" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {"context_processors": []},
    }
]
# The page of the contract is the library's, whose files are served from where they are.
STATIC_ROOT = Path(find_spec("ninja").origin).parent / "static"  # type: ignore[union-attr, arg-type]
ALLOWED_HOSTS = [
    "*"
]  # a known client names the national service whatever it calls, and nothing here depends on it
SECURE_SSL_REDIRECT = False  # TLS ends at this listener or at its proxy; no client follows a redirection
APPEND_SLASH = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 << 20  # bytes; the dated limits are under it, and so are those of REST
