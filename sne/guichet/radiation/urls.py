"""Addresses of the screens of a striking-off."""

from django.urls import path

from sne.guichet.radiation import views

urlpatterns = [
    path("demandes/<slug:nud>/radier/", views.radier, name="demande-radier"),
]
