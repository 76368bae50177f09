"""Addresses of the agreements with vendors."""

from django.urls import path

from sne.guichet.conventions import ecole, views

urlpatterns = [
    path("conventions/", views.conventions, name="conventions"),
    path("conventions/ouvrir/", views.ouvrir, name="convention-ouvrir"),
    path("ecole/convention/", ecole.demander, name="convention-ecole"),
    path("ecole/convention/envoyee/", ecole.envoyee, name="convention-ecole-envoyee"),
    path("ecole/convention/<str:jeton>/", ecole.verifier, name="convention-ecole-verifier"),
    path("conventions/<uuid:convention_id>/", views.convention, name="convention"),
    path("conventions/<uuid:convention_id>/appels/", views.appels, name="convention-appels"),
    path("conventions/<uuid:convention_id>/flux/", views.flux, name="convention-flux"),
    path("conventions/<uuid:convention_id>/cle/", views.cle, name="convention-cle"),
    path("conventions/<uuid:convention_id>/faire/<slug:acte>/", views.faire, name="convention-faire"),
    path("conventions/<uuid:convention_id>/<slug:acte>/<str:objet>/", views.agir, name="convention-agir"),
]
