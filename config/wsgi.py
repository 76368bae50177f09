"""WSGI entry of the web processes: static files first, then Django.

Static files stay out of the middleware: the one that serves them is asynchronous, and would run every request through
an event loop of its own (four times the processor time of a page, docs/performance.md).
"""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from servestatic import ServeStatic

from sne.socle.entrees import SansEntetesDeCertificat, signer_fichier
from sne.socle.sante import Sante

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.web")


application = ServeStatic(
    Sante(
        SansEntetesDeCertificat(get_wsgi_application()), manifeste=settings.STATIC_ROOT / "staticfiles.json"
    ),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    allow_all_origins=False,
    add_headers_function=signer_fichier,
)
