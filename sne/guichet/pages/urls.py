"""Addresses of the pages about the service."""

from django.urls import path

from sne.guichet.pages.views import page

urlpatterns = [
    path("plan-du-site/", page, {"gabarit": "plan_du_site"}, name="plan-du-site"),
    path("accessibilite/", page, {"gabarit": "accessibilite"}, name="accessibilite"),
    path("donnees-personnelles/", page, {"gabarit": "donnees_personnelles"}, name="donnees-personnelles"),
    path("mentions-legales/", page, {"gabarit": "mentions_legales"}, name="mentions-legales"),
]
