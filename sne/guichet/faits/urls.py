"""Addresses of the facts of a demande."""

from django.urls import path

from sne.guichet.faits import views

urlpatterns = [
    path("demandes/<slug:nud>/evenements/", views.faits, name="faits"),
    path("demandes/<slug:nud>/evenements/type/", views.choisir_type, name="fait-type"),
    path("demandes/<slug:nud>/evenements/<slug:nature>/", views.consigner, name="fait-consigner"),
    path(
        "demandes/<slug:nud>/evenements/<slug:nature>/<uuid:fait_id>/corriger/",
        views.corriger,
        name="fait-corriger",
    ),
    path(
        "demandes/<slug:nud>/evenements/<slug:nature>/<uuid:fait_id>/retirer/",
        views.retirer,
        name="fait-retirer",
    ),
]
