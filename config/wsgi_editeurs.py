"""WSGI entry of the vendors' listener: bodies in chunks are read here, for Django reads none."""

import gc
import os
from importlib import import_module

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.editeurs")

from django.conf import settings
from servestatic import ServeStatic

from sne.socle.entrees import CorpsEnMorceaux, signer_fichier
from sne.socle.sante import Sante

if settings.CLES_JOURNAL:
    raise ImproperlyConfigured(
        "SNE_CLES_JOURNAL: only the worker signs the journal; take it from the vendors' processes."
    )

# What was read to start is here until the process ends: the collector of memory leaves it alone from now on.
pages = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()

application = ServeStatic(  # the files of the page that reads the contract
    Sante(CorpsEnMorceaux(pages, maximum=settings.DATA_UPLOAD_MAX_MEMORY_SIZE, au_fil="/api/v1/imports")),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    add_headers_function=signer_fichier,
)
