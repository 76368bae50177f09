"""Addresses of the alerts to counters."""

from django.urls import path

from sne.guichet.alertes import views

urlpatterns = [
    path("suivi/alertes/", views.alertes, name="alertes"),
    path("suivi/alertes/nouvelle/", views.nouvelle, name="alerte-nouvelle"),
    path("suivi/alertes/<uuid:alerte_id>/", views.alerte, name="alerte"),
]
