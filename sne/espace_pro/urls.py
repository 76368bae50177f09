"""Addresses of the site; a page's own comes last, whatever it is."""

from django.urls import path

from sne.espace_pro import lecture

urlpatterns = [
    path("aide/", lecture.accueil, name="aide"),
    path("aide/chercher/", lecture.resultats, name="aide-chercher"),
    path("aide/proposer/", lecture.suggestions, name="aide-suggestions"),
    path("aide/theme/<slug:theme>/", lecture.par_theme, name="aide-theme"),
    path("aide/avis/<slug:code>/<int:numero>/", lecture.avis, name="aide-avis"),
    path("aide/<path:adresse>/", lecture.page, name="aide-page"),
    path("pgp/", lecture.ancienne, {"adresse": "pgp"}, name="aide-pgp"),
    path(
        "campagne-de-sensibilisation/",
        lecture.ancienne,
        {"adresse": "campagne-de-sensibilisation"},
        name="aide-campagne",
    ),
]
