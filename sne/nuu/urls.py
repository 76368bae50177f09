"""Addresses of the three services, with and without the last slash."""

from django.urls import re_path

from sne.nuu import views

SERVICES = "DemandeLogementImplService|RechercheDemandeImplService|GestionPartageeEVTImplService"

urlpatterns = [re_path(rf"^(?P<nom>{SERVICES})/?$", views.service, name="service-des-editeurs")]
