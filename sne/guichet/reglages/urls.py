"""Addresses of the dated parameters."""

from django.urls import path

from sne.guichet.reglages import views

urlpatterns = [
    path("parametres/", views.parametres, name="parametres"),
    path("parametres/propositions/<uuid:proposition_id>/", views.proposition, name="parametre-proposition"),
    path(
        "parametres/propositions/<uuid:proposition_id>/<slug:acte>/",
        views.repondre,
        name="parametre-repondre",
    ),
    path("parametres/<slug:code>/", views.parametre, name="parametre"),
]
