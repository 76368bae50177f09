"""Settings of the tests: no pool (a closed connection must die), no delay, fast hashing, plain static files."""

import atexit
import shutil
import tempfile
from pathlib import Path

from config.settings.base import *  # noqa: F403
from config.settings.base import INSTALLED_APPS, STATIC_ROOT, URL_BASE, bases, storage_sur_disque

DATABASES = bases(URL_BASE)
INSTALLED_APPS = [*INSTALLED_APPS, "sne.ecole"]  # its tables are tried with the others
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DOSSIER_DOCUMENTS = Path(tempfile.mkdtemp(prefix="sne-documents-"))
atexit.register(shutil.rmtree, DOSSIER_DOCUMENTS, ignore_errors=True)
STORAGES = {
    "documents_disque": storage_sur_disque(DOSSIER_DOCUMENTS),
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ANTIVIRUS = "aucun"  # tests that need one start it
ENCLOS_EXIGE = (
    False  # a machine without them still runs the tests; those of the walls themselves are then skipped
)
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # ServeStatic warns without it, and a warning is an error
