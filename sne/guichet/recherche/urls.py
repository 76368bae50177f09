"""Addresses of the search."""

from django.urls import path

from sne.guichet.recherche import views

urlpatterns = [
    path("rechercher/", views.rechercher, name="rechercher"),
    path("rechercher/au-fil/", views.au_fil, name="recherche-au-fil"),
    path("rechercher/r/<slug:jeton>/", views.resultats, name="recherche-resultats"),
]
