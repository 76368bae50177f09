"""Addresses of enquiries."""

from django.urls import path

from sne.guichet.enquete import views

urlpatterns = [
    path("enquetes/", views.enquetes, name="enquetes"),
    path("enquetes/<uuid:enquete_id>/", views.enquete, name="enquete"),
    path("demandes/<slug:nud>/enquete/", views.ouvrir, name="enquete-ouvrir"),
]
