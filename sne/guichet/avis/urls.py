"""Address of a notice left to the territorial manager."""

from django.urls import path

from sne.guichet.avis import views

urlpatterns = [path("avis/<uuid:avis_id>/", views.avis_a_porter, name="avis-a-porter")]
