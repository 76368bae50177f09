"""Addresses of the recap of counters."""

from django.urls import path

from sne.guichet.recapitulatif import views

urlpatterns = [
    path("suivi/recapitulatif/", views.recapitulatif, name="recapitulatif"),
    path("suivi/recapitulatif/exporter/", views.exporter, name="recapitulatif-exporter"),
]
