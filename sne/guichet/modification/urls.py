"""Address of a change."""

from django.urls import path

from sne.guichet.modification import views

urlpatterns = [
    path("demandes/<slug:nud>/modifier/<slug:bloc>/", views.modifier, name="demande-modifier"),
]
