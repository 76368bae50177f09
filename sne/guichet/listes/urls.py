"""Addresses of the work lists."""

from django.urls import path

from sne.guichet.listes.gardees import garder, supprimer
from sne.guichet.listes.montrer import exporter as exporter_file
from sne.guichet.listes.tableau import tableau
from sne.guichet.listes.views import exporter, liste, listes

urlpatterns = [
    path("listes/", listes, name="listes"),
    path("tableau/", tableau, name="tableau"),
    path("listes/gardees/<uuid:liste_id>/supprimer/", supprimer, name="liste-supprimer"),
    path("listes/<slug:nom>/", liste, name="liste"),
    path("listes/<slug:nom>/export/", exporter, name="liste-export"),
    path("files/<slug:nom>/export/", exporter_file, name="file-export"),
    path("listes/<slug:nom>/garder/", garder, name="liste-garder"),
]
