"""Addresses of the recap of counters."""

from django.urls import path

from sne.guichet.recapitulatif import envoi, views

urlpatterns = [
    path("suivi/recapitulatif/", views.recapitulatif, name="recapitulatif"),
    path("suivi/recapitulatif/exporter/", views.exporter, name="recapitulatif-exporter"),
    path("suivi/envoi/", envoi.envoi, name="recapitulatif-envoi"),
    path("suivi/envoi/arreter/", envoi.arreter, name="recapitulatif-envoi-arreter"),
]
