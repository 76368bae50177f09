"""Root of the URLs: each interface hangs its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("sne.habilitations.urls")),
    path("", include("sne.portail.urls")),
    path("", include("sne.guichet.urls")),
]
