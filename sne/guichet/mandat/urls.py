"""Addresses of who helps."""

from django.urls import path

from sne.guichet.mandat import completer, documents, views

urlpatterns = [
    path("personnes-aidees/", views.aides, name="aides"),
    path("personnes-aidees/offrir/", views.offrir, name="aide-offrir"),
    path("personnes-aidees/<uuid:mandat_id>/", views.aide, name="aide"),
    path("personnes-aidees/<uuid:mandat_id>/documents/", documents.documents, name="aide-pieces"),
    path(
        "personnes-aidees/<uuid:mandat_id>/completer/<slug:code>/", completer.completer, name="aide-completer"
    ),
    path("personnes-aidees/<uuid:mandat_id>/renouveler/", views.renouveler, name="aide-renouveler"),
]
