"""Addresses of what surrounds a registration: equal treatment, earlier dates."""

from django.urls import path

from sne.guichet.depot.views import anteriorite, egalite

urlpatterns = [
    path("demandes/<slug:nud>/egalite/", egalite.egalite, name="demande-egalite"),
    path("decisions/dates/", anteriorite.anteriorites, name="anteriorites"),
    path("decisions/dates/<uuid:requete_id>/", anteriorite.anteriorite, name="anteriorite"),
]
