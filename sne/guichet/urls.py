"""Addresses of the counter."""

from django.urls import include, path

urlpatterns = [
    path("", include("sne.guichet.accueil.urls")),
    path("", include("sne.guichet.demandes.urls")),
    path("", include("sne.guichet.historique_demandeur.urls")),
    path("", include("sne.guichet.attestations.urls")),
    path("", include("sne.guichet.decisions.urls")),
    path("", include("sne.guichet.identites.urls")),
    path("", include("sne.guichet.listes.urls")),
    path("", include("sne.guichet.suivi.urls")),
    path("", include("sne.guichet.demandes_proches.urls")),
    path("", include("sne.guichet.enquetes.urls")),
    path("", include("sne.guichet.avis.urls")),
    path("", include("sne.guichet.restauration.urls")),
    path("", include("sne.guichet.radiation.urls")),
    path("", include("sne.guichet.preavis.urls")),
    path("", include("sne.guichet.recapitulatif.urls")),
    path("", include("sne.guichet.alertes.urls")),
    path("", include("sne.guichet.separation.urls")),
    path("", include("sne.guichet.anteriorite.urls")),
    path("", include("sne.guichet.annulation.urls")),
    path("", include("sne.guichet.contacts.urls")),
    path("", include("sne.guichet.protection.urls")),
    path("", include("sne.guichet.evenements.urls")),
    path("", include("sne.guichet.pieces.urls")),
    path("", include("sne.guichet.sensibilisation.urls")),
    path("", include("sne.guichet.journal.urls")),
    path("", include("sne.guichet.pages.urls")),
]
