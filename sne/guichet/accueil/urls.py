"""Address of the home page."""

from django.urls import path

from sne.guichet.accueil.views import accueil

urlpatterns = [path("", accueil, name="accueil")]
