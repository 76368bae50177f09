"""Addresses of the screens of a registration made twice."""

from django.urls import path

from sne.guichet.annulation import views

urlpatterns = [
    path("demandes/<slug:nud>/annuler/", views.annuler, name="demande-annuler"),
    path("demandes/<slug:nud>/retablir/", views.retablir, name="demande-retablir"),
]
