"""Address of the home page."""

from django.urls import path

from sne.guichet.accueil.views import accueil, raccourcis

urlpatterns = [
    path("accueil/", accueil, name="accueil"),
    path("raccourcis/", raccourcis, name="raccourcis"),
]
