"""Addresses of the public site. The last one is printed in QR codes: it never changes."""

from django.urls import path

from sne.portail import views

urlpatterns = [
    path("verifier/", views.saisir, name="verifier-attestation"),
    path("courriel/confirmee/", views.courriel_confirme, name="courriel-confirme"),
    path("courriel/<str:jeton>/", views.verifier_adresse, name="verifier-courriel"),
    path("v/<str:reference>/", views.verifier, name="verifier"),
]
