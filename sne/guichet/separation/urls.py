"""Addresses of the screens of a separation."""

from django.urls import path

from sne.guichet.separation import views

urlpatterns = [
    path("demandes/<slug:nud>/separer/", views.separer, name="demande-separer"),
    path("decisions/separations/", views.separations, name="separations"),
    path("decisions/separations/<uuid:separation_id>/", views.separation, name="separation"),
]
