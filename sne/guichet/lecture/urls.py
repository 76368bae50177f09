"""Addresses of a file: its page, its past, its history."""

from django.urls import path

from sne.guichet.lecture.views import fiche, historique_demandeur, passe

urlpatterns = [
    path("demandes/<slug:nud>/", fiche.demande, name="demande"),
    path("demandes/<slug:nud>/historique/", passe.historique, name="demande-historique"),
    path("demandes/<slug:nud>/etat/", passe.etat, name="demande-etat"),
    path("demandes/<slug:nud>/versions/", passe.versions, name="demande-versions"),
    path("demandes/<slug:nud>/versions/<int:numero>/", passe.version, name="demande-version"),
    path(
        "demandes/<slug:nud>/historique/demandeur/",
        historique_demandeur.voir,
        name="demande-historique-demandeur",
    ),
    path(
        "demandes/<slug:nud>/historique/demandeur/copie/",
        historique_demandeur.remettre,
        name="demande-historique-copie",
    ),
]
