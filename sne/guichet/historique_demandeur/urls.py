"""Addresses of the history as the household reads it."""

from django.urls import path

from sne.guichet.historique_demandeur import views

urlpatterns = [
    path("demandes/<slug:nud>/historique/demandeur/", views.voir, name="demande-historique-demandeur"),
    path(
        "demandes/<slug:nud>/historique/demandeur/copie/",
        views.remettre,
        name="demande-historique-copie",
    ),
]
