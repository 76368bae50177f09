"""Addresses of what was sent online and waits for a counter."""

from django.urls import path

from sne.guichet.depot_en_ligne import views

urlpatterns = [
    path("demandes-en-ligne/", views.liste, name="demandes-en-ligne"),
    path("demandes-en-ligne/<uuid:depot_id>/", views.depot, name="demande-en-ligne"),
    path("demandes-en-ligne/<uuid:depot_id>/prendre/", views.prendre, name="demande-en-ligne-prendre"),
    path(
        "demandes-en-ligne/<uuid:depot_id>/documents/<uuid:document>/<int:rang>/",
        views.page,
        name="demande-en-ligne-page",
    ),
]
