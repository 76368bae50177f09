"""WSGI entry of the vendors' listener: bodies in chunks are read here, for Django reads none."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.editeurs")

from django.conf import settings

from sne.socle.entrees import CorpsEnMorceaux

if settings.CLES_JOURNAL:
    raise ImproperlyConfigured(
        "SNE_CLES_JOURNAL: only the worker signs the journal; take it from the vendors' processes."
    )

application = CorpsEnMorceaux(get_wsgi_application(), maximum=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
