"""Addresses of the earlier reception dates."""

from django.urls import path

from sne.guichet.anteriorite import views

urlpatterns = [
    path("decisions/dates/", views.anteriorites, name="anteriorites"),
    path("decisions/dates/<uuid:requete_id>/", views.anteriorite, name="anteriorite"),
]
