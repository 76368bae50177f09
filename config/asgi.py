"""Entry of the web processes: bodies are waited for by one loop, pages are made by a few threads (``config.wsgi``)."""

import gc
from importlib import import_module

from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.wsgi import application as pages
from sne.socle.corps import CorpsDabord
from sne.socle.serveur_web import FILS

if settings.CLES_JOURNAL:
    raise ImproperlyConfigured(
        "SNE_CLES_JOURNAL: only the worker signs the journal; take it from the web processes."
    )

# What was read to start is here until the process ends: the collector of memory leaves it alone from now on.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()

application = CorpsDabord(WSGIMiddleware(pages, workers=FILS), delai=settings.DELAI_D_ENVOI)
