"""Addresses of the monthly resources of a file."""

from django.urls import path

from sne.guichet.ressources import views

urlpatterns = [
    path("demandes/<slug:nud>/ressources/demander/", views.demander, name="ressources-demander"),
    path("demandes/<slug:nud>/ressources/explication/", views.expliquer, name="ressources-expliquer"),
    path("demandes/<slug:nud>/ressources/fichier/", views.en_fichier, name="ressources-fichier"),
]
