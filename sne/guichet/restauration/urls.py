"""Addresses of demandes put back."""

from django.urls import path

from sne.guichet.restauration import views

urlpatterns = [
    path("enquetes/<uuid:enquete_id>/retablir/<slug:nud>/", views.choisir, name="retablir-choisir"),
    path("enquetes/retours/<uuid:requete_id>/", views.decider, name="retablir-decider"),
    path("enquetes/retours/<uuid:requete_id>/retirer/", views.retirer, name="retablir-retirer"),
]
