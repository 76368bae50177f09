"""Addresses of the ways into a file online."""

from django.urls import path

from sne.guichet.rattachement import papier, views

urlpatterns = [
    path("demandes/<slug:nud>/acces-en-ligne/", views.acces, name="demande-acces"),
    path("demandes/<slug:nud>/acces-en-ligne/<uuid:acces_id>/fermer/", views.fermer, name="acces-fermer"),
    path(
        "demandes/<slug:nud>/acces-en-ligne/autorisation/",
        papier.autorisation,
        name="acces-autorisation",
    ),
    path("demandes/<slug:nud>/acces-en-ligne/jugement/", papier.jugement, name="acces-jugement"),
    path("demandes/<slug:nud>/acces-en-ligne/codes/", views.rouvrir_le_code, name="codes-rouvrir"),
    path(
        "demandes/<slug:nud>/acces-en-ligne/aides/<uuid:mandat_id>/",
        views.arreter_une_aide,
        name="acces-aide-arreter",
    ),
]
