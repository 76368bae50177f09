"""Addresses of the journal's checkpoints, for witnesses: the same on both hosts."""

from django.urls import path

from sne.portail.views import jalons

urlpatterns = [
    path("", jalons.jalons, name="jalons"),
    path("jalons.json", jalons.jalons_json, name="jalons-json"),
    path("jalons/<int:numero>/", jalons.jalon, name="jalon"),
]
