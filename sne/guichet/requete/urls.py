"""Addresses of a change that a household asked for."""

from django.urls import path

from sne.guichet.requete import views

urlpatterns = [path("changements-demandes/<uuid:requete_id>/", views.requete, name="requete")]
