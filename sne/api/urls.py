"""Addresses of ``/api/v1``: the operations, the contract, the page that reads it."""

from django.urls import path

from sne.api.contrat import contrat, documentation
from sne.api.racine import api

urlpatterns = [
    path("openapi.json", contrat, name="contrat"),
    path("docs", documentation, name="documentation"),
    path("", api.urls),
]
