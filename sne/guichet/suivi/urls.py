"""Addresses of the follow-up."""

from django.urls import path

from sne.guichet.suivi import aides, cas, national, views

urlpatterns = [
    path("suivi/", views.suivi, name="suivi"),
    path("suivi/exporter/<slug:quoi>/", views.exporter, name="suivi-exporter"),
    path("suivi/national/", national.national, name="suivi-national"),
    path("suivi/aides/", aides.aides, name="suivi-aides"),
    path("suivi/classes/", views.classes, name="suivi-classes"),
    path("suivi/dossiers/<uuid:demande_id>/", cas.dossier, name="suivi-dossier"),
    path("suivi/guichets/<slug:code>/", cas.guichet, name="suivi-guichet"),
    path("suivi/guichets/<slug:code>/agents/<uuid:personne>/", cas.agent, name="suivi-agent"),
]
