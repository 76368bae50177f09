"""Addresses of the sets of close demandes."""

from django.urls import path

from sne.guichet.demandes_proches import views

urlpatterns = [
    path("decisions/demandes-proches/", views.demandes_proches, name="demandes-proches"),
    path("decisions/demandes-proches/<uuid:ensemble_id>/", views.ensemble, name="ensemble-doublon"),
]
