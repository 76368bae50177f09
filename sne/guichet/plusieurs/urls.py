"""Addresses of the acts on several files."""

from django.urls import path

from sne.guichet.plusieurs import views

urlpatterns = [
    path("menages/ecrire/", views.ecrire, name="plusieurs-ecrire"),
    path("menages/pieces/", views.demander, name="plusieurs-pieces"),
    path("menages/attestations/", views.imprimer, name="plusieurs-attestations"),
]
