"""Addresses of the decisions on demandes of one household."""

from django.urls import path

from sne.guichet.doublons.views import cas, ensembles

urlpatterns = [
    path("decisions/", cas.decisions, name="decisions"),
    path("decisions/doublons/<uuid:cas_id>/", cas.cas_doublon, name="cas-doublon"),
    path("decisions/demandes-proches/", ensembles.demandes_proches, name="demandes-proches"),
    path("decisions/demandes-proches/<uuid:ensemble_id>/", ensembles.ensemble, name="ensemble-doublon"),
]
