"""Settings of the tests: no pool (a closed connection must die), fast password hashing, plain static files."""

from config.settings.base import *  # noqa: F403
from config.settings.base import STATIC_ROOT, URL_BASE, base_de_donnees

DATABASES = {"default": base_de_donnees(URL_BASE)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # ServeStatic warns without it, and a warning is an error
