"""Addresses of the households' portal, under the prefix of a language; French bears none."""

from django.urls import path

from sne.portail.views import pages, porte, verification

urlpatterns = [
    path("", pages.accueil, name="porte"),
    path("comment-ca-marche/", pages.comment, name="comment"),
    path("vos-droits/", pages.droits, name="droits"),
    path("vos-donnees/", pages.donnees, name="donnees"),
    path("accessibilite/", pages.accessibilite, name="accessibilite"),
    path("guichets/", porte.guichets, name="trouver-guichet"),
    path("verifier/", verification.saisir, name="verifier-attestation"),
    path("v/<str:reference>/", verification.verifier, name="verifier"),
]
