"""Entry of the web processes: bodies are waited for by one loop, pages are made by a few threads (``config.wsgi``)."""

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

application = CorpsDabord(WSGIMiddleware(pages, workers=FILS), delai=settings.DELAI_D_ENVOI)
