"""Root of the addresses while a page of the example is made.

An address is resolved by the first of the list, a link is made by the last one of its name: the example is both.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config.urls_portail import urlpatterns as portail

_EXEMPLE = i18n_patterns(path("exemple/", include("sne.portail.urls_exemple")), prefix_default_language=False)

urlpatterns = [*_EXEMPLE, *portail, *_EXEMPLE]
