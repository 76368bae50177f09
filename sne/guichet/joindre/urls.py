"""Addresses of what says how a household is reached, and when it must not be."""

from django.urls import path

from sne.guichet.joindre.views import courriel, ecrire, protection

urlpatterns = [
    path("demandes/<slug:nud>/ecrire/", ecrire.ecrire, name="demande-ecrire"),
    path("demandes/<slug:nud>/courriel/", courriel.verification, name="demande-courriel"),
    path("demandes/<slug:nud>/protection/lever/", protection.lever, name="protection-lever"),
]
