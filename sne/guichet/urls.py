"""Addresses of the counter."""

from django.urls import include, path

urlpatterns = [
    path("", include("sne.guichet.accueil.urls")),
    path("", include("sne.guichet.saisie.urls")),
    path("", include("sne.guichet.recherche.urls")),
    path("", include("sne.guichet.lecture.urls")),
    path("", include("sne.guichet.modification.urls")),
    path("", include("sne.guichet.depot.urls")),
    path("", include("sne.guichet.joindre.urls")),
    path("", include("sne.guichet.rattachement.urls")),
    path("", include("sne.guichet.vie.urls")),
    path("", include("sne.guichet.doublons.urls")),
    path("", include("sne.guichet.attestations.urls")),
    path("", include("sne.guichet.identite.urls")),
    path("", include("sne.guichet.listes.urls")),
    path("", include("sne.guichet.suivi.urls")),
    path("", include("sne.guichet.enquete.urls")),
    path("", include("sne.guichet.avis.urls")),
    path("", include("sne.guichet.restauration.urls")),
    path("", include("sne.guichet.recapitulatif.urls")),
    path("", include("sne.guichet.alertes.urls")),
    path("", include("sne.guichet.separation.urls")),
    path("", include("sne.guichet.controle.urls")),
    path("", include("sne.guichet.faits.urls")),
    path("", include("sne.guichet.pieces.urls")),
    path("", include("sne.guichet.ressources.urls")),
    path("", include("sne.guichet.sensibilisation.urls")),
    path("", include("sne.guichet.journal.urls")),
    path("", include("sne.guichet.connecteurs.urls")),
    path("", include("sne.guichet.pages.urls")),
]
