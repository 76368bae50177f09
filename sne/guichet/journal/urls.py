"""Addresses of the search in the journal."""

from django.urls import path

from sne.guichet.journal import views

urlpatterns = [
    path("journal/actes/", views.journal, name="journal"),
    path("journal/actes/fichier/", views.exporter, name="journal-exporter"),
]
