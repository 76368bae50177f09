"""Addresses of the decisions."""

from django.urls import path

from sne.guichet.decisions import views

urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/doublons/<uuid:cas_id>/", views.cas_doublon, name="cas-doublon"),
]
