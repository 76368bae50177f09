"""Addresses of the work lists."""

from django.urls import path

from sne.guichet.listes.views import exporter, liste, listes

urlpatterns = [
    path("listes/", listes, name="listes"),
    path("listes/<slug:nom>/", liste, name="liste"),
    path("listes/<slug:nom>/export/", exporter, name="liste-export"),
]
