"""Addresses of a change, and of what the controls remark."""

from django.urls import path

from sne.guichet.modification import views
from sne.guichet.modification.remarques import remarques

urlpatterns = [
    path("demandes/<slug:nud>/remarques/", remarques, name="demande-remarques"),
    path("demandes/<slug:nud>/modifier/<slug:bloc>/", views.modifier, name="demande-modifier"),
]
