"""Addresses of the counter alone, without the professionals’ site: what a worker would hold if there were no site."""

from django.urls import include, path

urlpatterns = [
    path("", include("sne.habilitations.urls")),
    path("", include("sne.portail.urls")),
    path("", include("sne.guichet.urls")),
]
