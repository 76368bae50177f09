"""Addresses of the attestations at the counter."""

from django.urls import path

from sne.guichet.attestations import views

urlpatterns = [
    path("demandes/<slug:nud>/attestation/", views.emettre, name="attestation-emettre"),
    path("attestations/", views.a_traiter, name="attestations-a-traiter"),
    path("attestations/<uuid:cas_id>/traiter/", views.traiter, name="attestation-traiter"),
    path("attestations/<slug:reference>/", views.attestation, name="attestation"),
]
