"""Addresses of the public site. The second one is printed in QR codes: it never changes."""

from django.urls import path

from sne.portail import views

urlpatterns = [
    path("verifier/", views.saisir, name="verifier-attestation"),
    path("v/<str:reference>/", views.verifier, name="verifier"),
]
